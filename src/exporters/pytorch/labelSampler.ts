import { repeatTable } from '../pythonLabels';
import type { ExportJob } from '../types';
import { argumentsOf, classOf } from './sampler';
import { classes, epochSamplerOf, itemsOfClasses } from './samplerClasses';

const members = `
def members_by_label(labels, class_mapping):
    # Positions of the samples that have each label, and the number of samples. labels: a matrix
    # [N, C] of 0 and 1, its columns in the order of class_mapping. Counts are those of the labels
    # given, so that a subset of the training data is drawn from as rightly as all of it.
    counts = torch.tensor(in_order(COUNTS, class_mapping))
    labels = torch.as_tensor(labels)
    if labels.dim() != 2 or labels.shape[1] != len(counts):
        raise ValueError(f"labels have to be a matrix [N, {len(counts)}] of 0 and 1.")
    label, sample = torch.nonzero(labels.t() > 0.5, as_tuple=True)
    own = torch.bincount(label, minlength=len(counts))
    more = torch.nonzero(own > counts).flatten().tolist()
    if more:
        warnings.warn(
            "There are more labels than COUNTS has samples of these classes; check that labels "
            f"and class mapping belong together: {more}"
        )
    return sample.split(own.tolist()), len(labels)
`;

const repeats = `

class RepeatFactorSampler(EpochSampler):
    # Every sample as often as its rarest label asks, one without labels once; fractions by chance, so
    # many in all that epochs are equally long. Gupta et al., CVPR 2019 (LVIS).

    def __init__(self, members, factors, **options):
        super().__init__(members, **options)
        self.factors = torch.ones(self.items, dtype=torch.float64)
        for own, factor in zip(self.members, factors):
            self.factors[own] = self.factors[own].clamp(min=factor)

    def draws(self):
        return int(self.factors.sum().round())

    def draw(self, generator):
        items = torch.arange(self.items)
        whole = items.repeat_interleave(self.factors.long())
        left = self.draws() - len(whole)
        order = torch.randperm(self.items, generator=generator)
        reached = (self.factors - self.factors.floor())[order].cumsum(0)
        marks = torch.rand(1, generator=generator, dtype=torch.float64) + torch.arange(left)
        picked = torch.searchsorted(reached, marks * reached[-1] / max(1, left), right=True)
        extra = items[order[picked.clamp(max=self.items - 1)]]
        return self.shuffled(torch.cat([whole, extra]), generator)
`;

/** `make_sampler` and the last stage's sampler, for samples with any number of labels. */
export const labelSamplerCode = (job: ExportJob): string => {
  const { stage } = job;
  const key = classOf(stage.sampler);
  const { name, code, classFirst } = classes[key] ?? {
    name: 'EpochSampler',
    code: '',
    classFirst: false,
  };
  const own = argumentsOf(job, stage).map((argument) => `, ${argument}`);
  return `${repeatTable(job)}
${members}
${epochSamplerOf('labels')}${classFirst ? itemsOfClasses : ''}${key === 'repeat-factor' ? repeats : code}

def make_sampler(labels, class_mapping, **options):
    # options: seed=0, and num_replicas and rank where torch.distributed does not know them.${
      classFirst
        ? `
    # A label is drawn, then a sample that has it: a sample without labels is never drawn.`
        : ''
    }
    members = members_by_label(labels, class_mapping)
    return ${name}(members${own.join('')}, **options)
`;
};
