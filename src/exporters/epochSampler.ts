/**
 * A PyTorch sampler over positions that a function draws for an epoch, `draw(epoch)`, alike on every
 * process; needs torch and NumPy as np.
 */
export const epochSampler = `

class EpochSampler(torch.utils.data.Sampler):
    # draw(epoch) gives the positions of an epoch, the same on every process; each takes its part.

    def __init__(self, draw, num_replicas=1, rank=0):
        self.draw, self.num_replicas, self.rank = draw, num_replicas, rank
        self.set_epoch(0)

    def set_epoch(self, epoch):
        self.epoch, self.drawn = epoch, self.draw(epoch)

    def __len__(self):
        return -(-len(self.drawn) // self.num_replicas)

    def __iter__(self):
        # Every process gets as many: the first draws come twice where they do not divide.
        drawn = np.resize(self.drawn, len(self) * self.num_replicas)
        return iter(drawn[self.rank :: self.num_replicas].tolist())
`;
