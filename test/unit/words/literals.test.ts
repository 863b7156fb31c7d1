import { readFileSync } from 'node:fs';
import * as ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { typescriptFiles } from './sources';

/** Text in a literal: two words of letters, with a space between. */
const sentence = /[A-Za-z]{2,} [a-z]{2,}/;
/** Places whose words no user reads: types, imports, errors thrown at programmers, selectors, styles. */
const technical = /^(use strict|[.#[][\w\s.#>[\]='":()-]*|[\w-]+: [\w\s-]+;?|default-src .*)$/;

const literalsOf = (file: string): string[] => {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.ES2022,
    true,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'class') return;
    // A RangeError or plain Error is a defect shown with its stack, not a sentence.
    if (
      ts.isNewExpression(node) &&
      /Error$/.test(node.expression.getText()) &&
      !/Longtail/.test(node.expression.getText())
    )
      return;
    if (
      (ts.isStringLiteral(node) ||
        ts.isNoSubstitutionTemplateLiteral(node) ||
        ts.isTemplateHead(node) ||
        ts.isTemplateMiddle(node) ||
        ts.isTemplateTail(node)) &&
      sentence.test(node.text.replaceAll(/<[^>]*>?|^[^<]*>/gs, ' ')) &&
      !technical.test(node.text.trim())
    )
      found.push(
        `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${node.text.trim().slice(0, 60)}`,
      );
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

describe('sentences', () => {
  it('stand in the catalogue, not in the code that shows them', () => {
    // Sources of papers in the rules are names, not sentences; styles are no text at all.
    const files = ['src/host', 'src/cli', 'src/report', 'src/trainer', 'src/run', 'webview']
      .flatMap(typescriptFiles)
      .filter((file) => !/Style\.ts$/.test(file));
    expect(files.flatMap(literalsOf)).toEqual([]);
  });
});
