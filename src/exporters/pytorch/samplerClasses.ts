/** Positions of the samples of each class, where each has one. */
export const membersByClass = `
def members_by_class(labels, class_mapping):
    # Positions of the samples of each class. Counts are those of the labels given, so that a subset
    # of the training data is drawn from as rightly as all of it.
    counts = torch.tensor(in_order(COUNTS, class_mapping))
    labels = torch.as_tensor(labels).flatten().long()
    outside = labels[(labels < 0) | (labels >= len(counts))]
    if len(outside) > 0:
        raise ValueError(f"A label lies outside the class mapping: {int(outside[0])}")
    own = torch.bincount(labels, minlength=len(counts))
    more = torch.nonzero(own > counts).flatten().tolist()
    if more:
        warnings.warn(
            "There are more labels than COUNTS has samples of these classes; check that labels "
            f"and class mapping belong together: {more}"
        )
    return torch.argsort(labels, stable=True).split(own.tolist())
`;

/** How the sampler's members are told: each item in one of them, or in any number. */
const ways = {
  class: {
    members: '        self.members = members',
    items: 'int(self.counts.sum())',
    all: 'torch.cat(self.members)',
  },
  labels: {
    members: '        self.members, self.items = members',
    items: 'self.items',
    all: 'torch.arange(self.items)',
  },
} as const;

/** What every sampler shares: seed, epoch, the parts of a distributed run. */
export const epochSamplerOf = (by: keyof typeof ways): string => {
  const own = ways[by];
  return `
class EpochSampler(torch.utils.data.Sampler):
    # The draws follow from seed and epoch alone: in a distributed run every process makes the same
    # ones and takes its own part. Call set_epoch(epoch) before each epoch, as for torch's own
    # DistributedSampler; without it the epochs count themselves.

    def __init__(self, members, seed=0, num_replicas=None, rank=None, switch_at=0):
        if num_replicas is None:
            distributed = torch.distributed.is_available() and torch.distributed.is_initialized()
            num_replicas = torch.distributed.get_world_size() if distributed else 1
            rank = torch.distributed.get_rank() if distributed else 0
${own.members}
        self.seed, self.switch_at, self.epoch = seed, switch_at, 0
        self.num_replicas, self.rank = num_replicas, rank
        self.counts = torch.tensor([len(one) for one in self.members])

    def set_epoch(self, epoch):
        self.epoch = epoch

    def draws(self):
        return ${own.items}

    def draw(self, generator):
        return self.shuffled(${own.all}, generator)

    def shuffled(self, items, generator):
        return items[torch.randperm(len(items), generator=generator)]

    def __len__(self):
        draws = self.draws() if self.epoch >= self.switch_at else ${own.items}
        return -(-draws // self.num_replicas)

    def __iter__(self):
        generator = torch.Generator().manual_seed(self.seed * 2**20 + self.epoch)
        whole = self.epoch < self.switch_at
        drawn = EpochSampler.draw(self, generator) if whole else self.draw(generator)
        # Every process gets as many: the first draws come twice where they do not divide.
        size = len(self) * self.num_replicas
        drawn = drawn.repeat(-(-size // max(1, len(drawn))))[:size]
        self.epoch += 1
        return iter(drawn[self.rank :: self.num_replicas].tolist())
`;
};

/** For samplers that draw classes. */
export const itemsOfClasses = `

def items_of(classes, members, generator):
    # For each class that was drawn an item of it, in shuffled rounds: none comes twice before all
    # came once.
    items = torch.empty_like(classes)
    order = torch.argsort(classes, stable=True)
    start = 0
    for own, size in zip(members, torch.bincount(classes, minlength=len(members)).tolist()):
        if size > 0:
            rounds = [
                own[torch.randperm(len(own), generator=generator)]
                for _ in range(-(-size // len(own)))
            ]
            items[order[start : start + size]] = torch.cat(rounds)[:size]
        start += size
    return items


class ClassFirstSampler(EpochSampler):
    # Draws a class by its share, then an item of it.

    def draw(self, generator):
        classes = torch.multinomial(
            self.shares(), self.draws(), replacement=True, generator=generator
        )
        return items_of(classes, self.members, generator)
`;

const present = 'torch.where(self.counts > 0, 1.0, 0.0).double()';

/** A sampler's class in Python: its name, its code, what its constructor is given. */
interface SamplerCode {
  readonly name: string;
  readonly code: string;
  readonly classFirst: boolean;
}

/** One row a way of drawing. */
export const classes: Readonly<Record<string, SamplerCode>> = {
  instance: { name: 'EpochSampler', code: '', classFirst: false },
  power: {
    name: 'PowerSampler',
    classFirst: true,
    code: `

class PowerSampler(ClassFirstSampler):
    # Class j in proportion to n_j^power: 1 as the data are, 0.5 square-root, 0 every class alike.
    # Kang et al., ICLR 2020, equation 1.

    def __init__(self, members, power, **options):
        super().__init__(members, **options)
        self.power = power

    def shares(self):
        return ${present} * self.counts.clamp(min=1).double() ** self.power
`,
  },
  'effective-number': {
    name: 'EffectiveNumberSampler',
    classFirst: true,
    code: `

class EffectiveNumberSampler(ClassFirstSampler):
    # Class j in proportion to n_j (1 - beta) / (1 - beta^n_j). Cui et al., CVPR 2019, equation 2.

    def __init__(self, members, beta, **options):
        super().__init__(members, **options)
        self.beta = beta

    def shares(self):
        n = self.counts.double()
        effective = -torch.expm1(n * math.log(self.beta)) if self.beta > 0 else (n > 0).double()
        return torch.where(n > 0, n / effective.clamp(min=1e-300), 0.0)
`,
  },
  progressive: {
    name: 'ProgressiveSampler',
    classFirst: true,
    code: `

class ProgressiveSampler(ClassFirstSampler):
    # From the data's own shares in the first epoch to equal ones in the last. Kang et al., ICLR
    # 2020, equation 2.

    def __init__(self, members, epochs, **options):
        super().__init__(members, **options)
        self.epochs = epochs

    def shares(self):
        passed = max(0, self.epoch - self.switch_at)
        t = min(1.0, passed / (self.epochs - 1)) if self.epochs > 1 else 0.0
        n = self.counts.double()
        return (1 - t) * n / n.sum() + t * ${present} / ${present}.sum()
`,
  },
  'class-aware': {
    name: 'ClassAwareSampler',
    classFirst: true,
    code: `

class ClassAwareSampler(EpochSampler):
    # Every class in turn, in shuffled rounds, so many items of each in a row: batches are balanced
    # almost exactly. Kang et al., ICLR 2020, as their code draws.

    def __init__(self, members, per_class, **options):
        super().__init__(members, **options)
        self.per_class = per_class

    def draw(self, generator):
        present = torch.nonzero(self.counts > 0).flatten()
        rounds = -(-self.draws() // (self.per_class * len(present)))
        order = torch.cat([self.shuffled(present, generator) for _ in range(rounds)])
        classes = order.repeat_interleave(self.per_class)[: self.draws()]
        return items_of(classes, self.members, generator)
`,
  },
  'repeat-factor': {
    name: 'RepeatFactorSampler',
    classFirst: false,
    code: `

class RepeatFactorSampler(EpochSampler):
    # Every item as often as the factor of its class says, fractions by chance, so many in all that
    # epochs are equally long. Gupta et al., CVPR 2019 (LVIS).

    def __init__(self, members, factors, **options):
        super().__init__(members, **options)
        self.factors = torch.tensor(factors, dtype=torch.float64)

    def draws(self):
        return int((self.counts * self.factors).sum().round())

    def draw(self, generator):
        items = torch.cat(self.members)
        factors = self.factors.repeat_interleave(self.counts)
        whole = items.repeat_interleave(factors.long())
        left = self.draws() - len(whole)
        order = torch.randperm(len(items), generator=generator)
        reached = (factors - factors.floor())[order].cumsum(0)
        marks = torch.rand(1, generator=generator, dtype=torch.float64) + torch.arange(left)
        picked = torch.searchsorted(reached, marks * reached[-1] / max(1, left), right=True)
        extra = items[order[picked.clamp(max=len(items) - 1)]]
        return self.shuffled(torch.cat([whole, extra]), generator)
`,
  },
  resample: {
    name: 'ResampledSampler',
    classFirst: false,
    code: `

class ResampledSampler(EpochSampler):
    # Every class grown or shrunk by a ratio: all its items and extra ones with replacement, or a
    # subset, another in each epoch.

    def __init__(self, members, ratios, **options):
        super().__init__(members, **options)
        self.sizes = [round(len(own) * ratio) for own, ratio in zip(members, ratios)]

    def draws(self):
        return sum(self.sizes)

    def draw(self, generator):
        items = []
        for own, size in zip(self.members, self.sizes):
            if size < len(own):
                items.append(self.shuffled(own, generator)[:size])
            elif size > 0:
                extra = torch.randint(len(own), (size - len(own),), generator=generator)
                items.append(torch.cat([own, own[extra]]))
        return self.shuffled(torch.cat(items), generator)
`,
  },
};
