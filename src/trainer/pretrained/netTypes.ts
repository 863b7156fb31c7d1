export type Activation = 'none' | 'relu' | 'relu6';

/** One layer of a frozen network. Names are those of the weights in its state dict. */
export type NetLayer =
  | {
      readonly kind: 'conv';
      /** `<name>.weight`, and `<name>.bias` where there is one. */
      readonly name: string;
      /** `<norm>.weight`, `.bias`, `.running_mean`, `.running_var`: folded into the convolution. */
      readonly norm: string;
      readonly stride: number;
      /** `same` as TensorFlow pads (the odd row after), a number as PyTorch does on every side. */
      readonly padding: 'same' | number;
      /** One filter a channel. */
      readonly depthwise: boolean;
      readonly activation: Activation;
    }
  | {
      readonly kind: 'max-pool';
      readonly size: number;
      readonly stride: number;
      readonly padding: number;
    }
  | {
      /** activation(body(x) + shortcut(x)); an empty shortcut is the identity. */
      readonly kind: 'residual';
      readonly body: readonly NetLayer[];
      readonly shortcut: readonly NetLayer[];
      readonly activation: Activation;
    };

/** A network whose features are used as they are: its layers up to the global average. */
export interface PretrainedNet {
  readonly id: string;
  readonly layers: readonly NetLayer[];
  /** Width of the features after the global average. */
  readonly width: number;
  /** Of the batch norms. */
  readonly epsilon: number;
  /** (byte − mean) / deviation of each colour is what the network saw when it was trained. */
  readonly input: {
    readonly mean: readonly [number, number, number];
    readonly deviation: readonly [number, number, number];
  };
}
