import type { Template } from '../say';

/** A kind of a method: what it does, and where there is one its formula and its source. */
const kind = (
  family: string,
  name: string,
  about: string,
  formula?: string,
  source?: string,
): Readonly<Record<string, Template>> => ({
  [`guide/kind/${family}/${name}`]: about,
  ...(formula === undefined ? {} : { [`guide/kind/${family}/${name}/formula`]: formula }),
  ...(source === undefined ? {} : { [`guide/kind/${family}/${name}/source`]: source }),
});

const kang = 'Kang et al., ICLR 2020 (arXiv 1910.09217)';
const cao = 'Cao et al., NeurIPS 2019 (arXiv 1906.07413)';
const cui = 'Cui et al., CVPR 2019 (arXiv 1901.05555)';
const menon = 'Menon et al., ICLR 2021 (arXiv 2007.07314)';
const buda = 'Buda et al., Neural Networks 2018 (arXiv 1710.05381)';
const lin = 'Lin et al., ICCV 2017 (arXiv 1708.02002)';

/**
 * The methods a config can name. n_j: training samples of class j after hold-out; N: of all; C:
 * classes; π_j = n_j / N; z: scores before softmax; y: the label.
 */
export const guide: Readonly<Record<string, Template>> = {
  'guide/default': 'Default: {value}',
  'guide/required': 'Has to be given.',
  'guide/formula': 'Formula: {formula}',
  'guide/source': 'Source: {source}',
  'guide/symbols':
    'n_j: training samples of class j after hold-out; N, n_min, n_max: of all, of the smallest, of the largest; C: classes; π_j = n_j / N; z: scores before softmax; y: the label.',
  'guide/class': '{count} training samples',
  'guide/fix/rename': 'Change to “{near}”',
  'guide/fix/remove': 'Remove “{what}”',
  'guide/fix/set': 'Set {what} to {value}',
  'guide/fix/ignore': 'Ignore {names}',
  'guide/fix/share': 'Give “{name}” the share 0',
  'guide/fix/renamed': 'Use “{name}”, which is on disk and has no share here',
  'guide/fix/comment': 'Write the numbers of the last scan',
  'guide/stale':
    'These numbers are of another scan. The dataset has {samples} samples in {classes} classes now.',
  'guide/split': 'a split of the dataset',

  ...kind(
    'sampler',
    'instance',
    'Every sample once an epoch, in a new order: the data as they are.',
    'p_j = n_j / N',
    `${kang}, equation 1 with q = 1`,
  ),
  ...kind(
    'sampler',
    'square-root',
    'Between the data and balance.',
    'p_j = √n_j / Σ √n_i',
    `${kang}, equation 1 with q = ½`,
  ),
  ...kind(
    'sampler',
    'class-balanced',
    'Every class is drawn alike: the largest loses variety, the smallest is repeated.',
    'p_j = 1 / C',
    `${kang}, equation 1 with q = 0`,
  ),
  ...kind(
    'sampler',
    'power',
    'Any step between the data and the reverse.',
    'p_j = n_j^q / Σ n_i^q',
    `${kang}, equation 1`,
  ),
  ...kind(
    'sampler',
    'progressive',
    'From the data in the first epoch to balance in the last.',
    'p_j = (1 − t) n_j / N + t / C, t = epoch / (epochs − 1)',
    `${kang}, equation 2`,
  ),
  ...kind(
    'sampler',
    'reversed',
    'The rarer, the more often.',
    'p_j = (1 / n_j) / Σ 1 / n_i',
    'Zhou et al., CVPR 2020 (arXiv 1912.02413), section 4.3',
  ),
  ...kind(
    'sampler',
    'effective-number',
    'Draws by the inverse effective number of samples.',
    'p_j ∝ n_j (1 − β) / (1 − β^n_j)',
    cao,
  ),
  ...kind(
    'sampler',
    'class-aware',
    'Walks the classes in shuffled rounds and takes some items of each in a row.',
    'p_j = 1 / C',
    `${kang}, their code`,
  ),
  ...kind(
    'sampler',
    'repeat-factor',
    'Every item so often as its rarest label asks; fits several labels an item.',
    'r = max over its labels of max(1, √(t / f_c)), f_c the share of items with label c',
    'Gupta et al., CVPR 2019 (arXiv 1908.03195), appendix B.2',
  ),
  ...kind(
    'sampler',
    'over',
    'All items, and extra ones of smaller classes with replacement: epochs get longer.',
    'n_j → max(n_j, ratio · n_max)',
    buda,
  ),
  ...kind(
    'sampler',
    'under',
    'A subset of larger classes, another each epoch: epochs get shorter.',
    'n_j → min(n_j, n_min / ratio)',
    buda,
  ),

  ...kind(
    'loss',
    'cross-entropy',
    'Plain training. It fits the shares of the data, and so prefers frequent classes when in doubt.',
    '−log softmax(z)_y',
  ),
  ...kind(
    'loss',
    'logit-adjusted',
    'Cross-entropy whose scores carry the prior only while training: what is learned is balanced.',
    '−log softmax(z + τ log π)_y',
    `${menon}, equation 10`,
  ),
  ...kind(
    'loss',
    'balanced-softmax',
    'The logit-adjusted loss with τ = 1.',
    '−log (n_y e^z_y / Σ n_j e^z_j)',
    'Ren et al., NeurIPS 2020 (arXiv 2007.10740), equation 4',
  ),
  ...kind(
    'loss',
    'vector-scaling',
    'Shifts and scales the scores by the counts.',
    '−log softmax(z_j (n_j / n_max)^γ + τ log π_j)_y',
    'Kini et al., NeurIPS 2021 (arXiv 2103.01550)',
  ),
  ...kind(
    'loss',
    'class-temperature',
    'Scores of rare classes are shrunk while training, so that they must grow.',
    '−log softmax(z_j (n_j / n_max)^γ)_y',
    'Ye et al., 2020 (arXiv 2001.01385)',
  ),
  ...kind(
    'loss',
    'ldam',
    'Rare classes are given larger margins. Needs a cosine classifier.',
    '−log softmax(s (cos − m_y on the label))_y, m_j = m (n_min / n_j)^¼',
    `${cao}, equations 12 and 13`,
  ),
  ...kind(
    'loss',
    'focal',
    'Turns down what is classified well already.',
    '(1 − p_y)^γ (−log p_y)',
    `${lin}, equation 4`,
  ),
  ...kind(
    'loss',
    'label-smoothing',
    'Targets that leave a little to every class.',
    '(1 − ε) onehot(y) + ε / C',
    'Szegedy et al., CVPR 2016 (arXiv 1512.00567)',
  ),
  ...kind(
    'loss',
    'label-aware-smoothing',
    'Smooths frequent classes more than rare ones.',
    'ε_y rises from tail to head with n_y',
    'Zhong et al., CVPR 2021 (arXiv 2104.00466)',
  ),
  ...kind(
    'loss',
    'sigmoid',
    'Binary cross-entropy, summed over the classes.',
    'Σ_j −t_j log σ(z_j) − (1 − t_j) log(1 − σ(z_j))',
    cui,
  ),
  ...kind(
    'loss',
    'sigmoid-focal',
    'Focal loss of every output by itself.',
    'Σ_j α_t (1 − p_t)^γ (−log p_t)',
    `${lin}, equation 5`,
  ),
  ...kind(
    'loss',
    'asymmetric',
    'Easy absences count far less than presences; very easy ones not at all.',
    'presences (1 − p)^γ₊ (−log p); absences q^γ₋ (−log(1 − q)), q = max(p − clip, 0)',
    'Ben-Baruch et al., ICCV 2021 (arXiv 2009.14119), equations 4 to 7',
  ),
  ...kind(
    'loss',
    'distribution-balanced',
    'Weighs labels by how often re-sampling repeats their items, and is lenient with absences.',
    undefined,
    'Wu et al., ECCV 2020 (arXiv 2007.09654)',
  ),
  ...kind(
    'loss',
    'adjusted-sigmoid',
    'The logit-adjusted loss label by label.',
    'binary cross-entropy of z_j + τ log(π_j / (1 − π_j))',
    menon,
  ),

  ...kind('weights', 'none', 'Every class weighs the same.', 'w_j = 1'),
  ...kind('weights', 'inverse', 'Full inverse frequency.', 'w_j ∝ 1 / n_j'),
  ...kind('weights', 'inverse-sqrt', 'A gentler inverse.', 'w_j ∝ 1 / √n_j'),
  ...kind(
    'weights',
    'balanced',
    'Full inverse frequency with mean 1 over the samples.',
    'w_j = N / (C n_j)',
    'scikit-learn, class_weight="balanced"',
  ),
  ...kind(
    'weights',
    'min-over-power',
    'Cost-sensitive cross-entropy: the smallest class weighs 1.',
    'w_j ∝ (n_min / n_j)^γ',
    'Zhang et al., AAAI 2021',
  ),
  ...kind(
    'weights',
    'general',
    'A ratio of functions of the counts.',
    'w_j ∝ g(Σ f(n_i) / f(n_j))',
  ),
  ...kind(
    'weights',
    'effective-number',
    'Class-balanced weights: samples of large classes overlap, so they count less than once.',
    'w_j ∝ (1 − β) / (1 − β^n_j)',
    `${cui}, equation 2`,
  ),

  ...kind('mixing', 'none', 'Nothing is mixed.'),
  ...kind(
    'mixing',
    'mixup',
    'Mixes inputs and labels of two samples.',
    'x = λ x_a + (1 − λ) x_b, λ ~ Beta(a, a)',
    'Zhang et al., ICLR 2018 (arXiv 1710.09412)',
  ),
  ...kind(
    'mixing',
    'manifold-mixup',
    'Mixes pooled features instead of inputs.',
    'f = λ f_a + (1 − λ) f_b',
    'Verma et al., ICML 2019 (arXiv 1806.05236)',
  ),
  ...kind(
    'mixing',
    'remix',
    'Mixup whose label goes wholly to the rarer class of an uneven pair.',
    'label of b where n_a / n_b ≥ κ and λ < τ',
    'Chou et al., ECCV Workshops 2020 (arXiv 2007.03943), equation 8',
  ),

  ...kind('classifier', 'linear', 'A matrix and a bias.', 'z = W f + b'),
  ...kind(
    'classifier',
    'cosine',
    'Compares directions alone: frequent classes cannot win by longer rows.',
    'z_j = s cos(f, w_j)',
    cao,
  ),
  ...kind('classifier', 'mlp', 'Hidden layers with ReLU before the scores.'),

  ...kind(
    'model',
    'resnet-8',
    'Residual network for small pictures, 8 layers deep.',
    undefined,
    'He et al., CVPR 2016 (arXiv 1512.03385), section 4.2',
  ),
  ...kind(
    'model',
    'resnet-20',
    'The same, 20 layers deep.',
    undefined,
    'He et al., CVPR 2016 (arXiv 1512.03385), section 4.2',
  ),
  ...kind(
    'model',
    'resnet-32',
    'The same, 32 layers deep: that of the CIFAR-LT papers.',
    undefined,
    'He et al., CVPR 2016 (arXiv 1512.03385), section 4.2',
  ),
  ...kind('model', 'small-cnn', 'Three convolutions with batch norm: a third of ResNet-8’s work.'),
  ...kind('model', 'mlp', 'Dense layers with ReLU, for tables and features.'),
  ...kind('model', 'linear', 'Multinomial logistic regression on the inputs.'),
  ...kind(
    'model',
    'bbn',
    'Two branches: one learns from the data, one from reversed draws.',
    'α CE(z, y) + (1 − α) CE(z, y′), α = 1 − (t / T)²',
    'Zhou et al., CVPR 2020 (arXiv 1912.02413)',
  ),
  ...kind(
    'model',
    'pretrained',
    'A linear classifier on the features of a network trained on other pictures, which stays as it is.',
  ),

  ...kind('posthoc', 'none', 'The scores as they are.'),
  ...kind(
    'posthoc',
    'logit-adjustment',
    'Takes the prior out of the trained scores: no training needed.',
    'argmax of z_j − τ log π_j',
    `${menon}, equation 9`,
  ),
  ...kind(
    'posthoc',
    'tau-norm',
    'Evens out the lengths of the classifier’s rows, which grow with the counts.',
    'w_j / ‖w_j‖^τ, without bias',
    `${kang}, equation 4`,
  ),
  ...kind(
    'posthoc',
    'nearest-mean',
    'The class whose mean feature is nearest: no classifier at all.',
    'argmax of cos(f, mean of class j)',
    `${kang}, section 4.2`,
  ),
  ...kind(
    'posthoc',
    'thresholds',
    'One threshold for two classes, one a label for several, chosen on validation; or thresholds by class as given.',
    'argmax p_j / t_j',
    'Elkan, IJCAI 2001',
  ),

  ...kind(
    'optimizer',
    'sgd',
    'Stochastic gradient descent with momentum.',
    'v ← μ v + g, w ← w − η v',
  ),
  ...kind('input', 'image', 'Pictures: PNG, JPEG, or pixels of the format.'),
  ...kind('input', 'tabular', 'Rows of numbers and short texts.'),
  ...kind('input', 'text', 'Texts, as hashed sequences of words.'),
};
