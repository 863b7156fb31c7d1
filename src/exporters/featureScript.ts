import { literal } from './python';

const script = `import argparse
import pathlib

import numpy as np
import torch

ENDINGS = {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"}


def load_model(name):
    # Gives (model, transform): the network without its classifier, and what turns a picture into its
    # input. Put your own network here; names that begin with "timm:" are timm's, others torchvision's.
    if name.startswith("timm:"):
        import timm

        model = timm.create_model(name[5:], pretrained=True, num_classes=0)
        settings = timm.data.resolve_data_config({}, model=model)
        return model, timm.data.create_transform(**settings)
    import torchvision

    weights = torchvision.models.get_model_weights(name).DEFAULT
    model = torchvision.models.get_model(name, weights=weights)
    for classifier in ("fc", "classifier", "head", "heads"):
        if hasattr(model, classifier):
            setattr(model, classifier, torch.nn.Identity())
            break
    return model, weights.transforms()


def open_picture(path):
    from PIL import Image

    with Image.open(path) as picture:
        return picture.convert("RGB")


def pictures_below(root):
    return sorted(path for path in root.rglob("*") if path.suffix.lower() in ENDINGS)


@torch.inference_mode()
def extract(model, transform, root, out, batch_size=64, device="cpu", read=open_picture):
    root = pathlib.Path(root)
    files = pictures_below(root)
    if not files:
        raise SystemExit(f"no pictures below {root}")
    model = model.eval().to(device)
    features, paths = [], []
    for start in range(0, len(files), batch_size):
        batch = []
        for path in files[start : start + batch_size]:
            try:
                batch.append(transform(read(path)))
            except Exception as error:
                print(f"left out: {path}: {error}")
                continue
            paths.append(path.relative_to(root).as_posix())
        if not batch:
            continue
        made = model(torch.stack(batch).to(device))
        features.append(made.flatten(1).float().cpu().numpy())
        print(f"{len(paths)} of {len(files)}", end="\\r")
    np.savez(out, features=np.concatenate(features), paths=np.array(paths))
    print(f"{len(paths)} pictures in {out}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root", nargs="?", default=DATASET)
    parser.add_argument("--model", default="resnet50")
    parser.add_argument("--out", default="features.npz")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    model, transform = load_model(options.model)
    extract(model, transform, options.root, options.out, options.batch_size, options.device)


if __name__ == "__main__":
    main()
`;

/**
 * A Python script that writes the features a torchvision or timm network (or one of the user's own)
 * gives of every picture below a folder, in the file that \`model.features\` of a config reads:
 * float32 \`features\` [n, D] and \`paths\` [n], relative to the dataset. \`root\` is the folder it
 * looks in when none is named.
 */
export const featureScript = (root: string): string =>
  [
    '# Made by Longtail. Run it, then train heads on what it wrote:',
    '#   python extract_features.py --model resnet50 --out features.npz',
    '#   model: { kind: pretrained, features: features.npz }',
    '',
    script.replace('\nENDINGS', () => `\nDATASET = ${literal(root)}\nENDINGS`),
  ].join('\n');
