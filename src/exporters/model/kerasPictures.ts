/** Functions of the module that bring pictures to what a network takes. */

const open = String.raw`
def open_picture(path):
    # Bytes [height, width, 1 or 3]; transparency is left out, and 16 bits become 8.
    from PIL import Image, ImageOps

    with Image.open(path) as picture:
        picture = ImageOps.exif_transpose(picture)
        if picture.mode.startswith("I"):
            return (np.asarray(picture) >> 8).astype("uint8")[:, :, None]
        grey = picture.mode in ("1", "L", "LA")
        pixels = np.asarray(picture.convert("L" if grey else "RGB"))
    return pixels[:, :, None] if grey else pixels
`;

/** Resampling as for networks trained here: area average when shrinking, bilinear when growing. */
const area = String.raw`
def taps(size, wanted, scale):
    # Weights [wanted, size] of one axis: the middle stays in the middle, what sticks out is cut off.
    # Shrinking averages what a pixel covers, growing interpolates between two neighbours.
    shrinks = scale < 1
    reach, half = (0.5 / scale, 0) if shrinks else (1, 0.5)
    weights = np.zeros((wanted, size))
    for x in range(wanted):
        centre = (x + 0.5 - wanted / 2) / scale + size / 2
        for i in range(math.floor(centre - reach + half), math.ceil(centre + reach - half)):
            if shrinks:
                covered = min(i + 1, centre + reach) - max(i, centre - reach)
            else:
                covered = 1 - abs(i + 0.5 - centre)
            weights[x, min(max(i, 0), size - 1)] += max(covered, 0)
    return weights / weights.sum(axis=1, keepdims=True)


def resample(picture, down, across):
    return np.floor(np.einsum("yh,xw,hwc->yxc", down, across, picture, optimize=True) + 0.5)
`;

/** Resampling as for frozen networks: bicubic as Pillow does it, bytes after each direction. */
const bicubic = String.raw`
def cubic(x):
    # Keys' curve with a = -1/2.
    x = np.abs(x)
    near, far = 1 + x * x * (1.5 * x - 2.5), 2 - x * (4 + x * (0.5 * x - 2.5))
    return np.where(x < 1, near, np.where(x < 2, far, 0))


def taps(size, wanted, scale):
    # Weights [wanted, size] of one axis: the middle stays in the middle, what sticks out is cut off.
    # Shrinking widens the curve, so that no pixel is skipped.
    centres = (np.arange(wanted) + 0.5 - wanted / 2) / scale + size / 2
    places = np.arange(size) + 0.5
    weights = cubic((places[None, :] - centres[:, None]) / max(1, 1 / scale))
    sums = weights.sum(axis=1, keepdims=True)
    return (weights.astype("float32") / sums).astype("float32").astype("float64")


def resample(picture, down, across):
    def to_bytes(x):
        return np.clip(np.rint(x), 0, 255)

    rows = to_bytes(np.einsum("xw,hwc->hxc", across, picture, optimize=True))
    return to_bytes(np.einsum("yh,hxc->yxc", down, rows, optimize=True))
`;

const prepare = String.raw`
def fit(picture):
    # Bytes of the size and colours that the network takes: scaled to cover it, centre cropped.
    height, width, channels = PICTURE["height"], PICTURE["width"], PICTURE["channels"]
    if channels == 1 and picture.shape[2] == 3:
        grey = picture @ np.array([0.299, 0.587, 0.114])
        picture = np.floor(grey + 0.5)[:, :, None]
    elif channels == 3 and picture.shape[2] == 1:
        picture = np.repeat(picture, 3, axis=2)
    own_height, own_width = picture.shape[:2]
    if (own_height, own_width) == (height, width):
        return picture
    scale = max(height / own_height, width / own_width)
    return resample(picture, taps(own_height, height, scale), taps(own_width, width, scale))


def prepare(pictures):
    # A list of pictures, bytes [height, width, 1 or 3], as the network takes them.
    pixels = np.stack([fit(np.asarray(picture)) for picture in pictures])
    return ((pixels - PICTURE["mean"]) / PICTURE["deviation"]).astype("float32")


def read_samples(path):
    yield path, open_picture(path)
`;

/** From the pictures of a description to the network's input. */
export const kerasPictures = (settings: string, resize: 'area' | 'bicubic'): string =>
  [
    `\nPICTURE = ${settings}\n\n`,
    open,
    `\n${resize === 'area' ? area : bicubic}`,
    `\n${prepare}`,
  ].join('');
