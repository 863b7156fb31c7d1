import { float } from '../pythonModule';
import { choosesTau, posthocOffsets, posthocTau } from '../pythonPosthoc';
import type { ExportJob } from '../types';

const choice = `

@torch.inference_mode()
def choose_tau(logits, labels, class_mapping):
    # On validation data, never on the test: the tau with the best balanced accuracy.
    def score(tau):
        right = correct_logits(logits, class_mapping, tau).argmax(1) == labels
        return sum(right[labels == j].float().mean() for j in labels.unique())

    return max((step / 10 for step in range(21)), key=score)
`;

const adjustment = (job: ExportJob): string => `
${posthocOffsets(job)}

def correct_logits(logits, class_mapping, tau=${float(posthocTau(job) ?? 1)}, class_dim=1):
    offsets = torch.tensor(
        posthoc_offsets(class_mapping, tau), dtype=logits.dtype, device=logits.device
    )
    return (logits.movedim(class_dim, -1) + offsets).movedim(-1, class_dim)
${choosesTau(job) ? choice : ''}`;

const tauNorm = (tau: number): string => `

def tau_normalised(weight, tau=${float(tau)}):
    # Rows of the classifier (classes x features) divided by their norm to the power tau; the bias is
    # left out. Kang et al., ICLR 2020, equation 4.
    return weight / weight.norm(dim=1, keepdim=True).clamp(min=1e-12) ** tau
`;

const priorBias = `

def start_at_shares(classifier, class_mapping):
    # Sets the bias of the last linear layer to the log of the class shares, before training. An
    # empty class starts as if it had one sample.
    counts = in_order(COUNTS, class_mapping)
    shares = torch.tensor([max(n, 1) / sum(counts) for n in counts])
    with torch.no_grad():
        classifier.bias.copy_(shares.log())
`;

/** What is done before training and after it. */
export const aroundCode = (job: ExportJob): string => {
  const { model, posthoc } = job.config;
  return [
    'biasInit' in model && model.biasInit === 'prior' ? priorBias : '',
    posthoc.kind === 'logit-adjustment' ? adjustment(job) : '',
    posthoc.kind === 'tau-norm' ? tauNorm(posthoc.tau === 'auto' ? 1 : posthoc.tau) : '',
  ].join('');
};
