/** A square of the poster: where it lies, in pixels, and the part of the plane that the poster shows. */
export interface Tile {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly poster: Poster
}

export interface Poster {
  readonly width: number
  readonly height: number
  /** Centre of the picture on the complex plane, and the plane's width in it. */
  readonly re: number
  readonly im: number
  readonly span: number
  readonly iterations: number
  /** Samples a pixel, along each side. */
  readonly samples: number
}

/** A part of the seahorse valley, in the proportions of a poster. */
export function poster(width: number): Poster {
  return {
    width,
    height: Math.round((width * 4) / 3),
    re: -0.743_643_89,
    im: 0.131_825_93,
    span: 0.000_046,
    iterations: 4_000,
    samples: 3,
  }
}

export function tilesOf(picture: Poster, size = 50): Tile[] {
  const tiles: Tile[] = []
  for (let y = 0; y < picture.height; y += size) {
    for (let x = 0; x < picture.width; x += size) tiles.push({ x, y, size, poster: picture })
  }
  return tiles
}

const palette = [
  [6, 8, 32],
  [22, 48, 110],
  [72, 148, 196],
  [236, 244, 232],
  [252, 190, 66],
  [172, 60, 30],
  [52, 10, 40],
] as const

/** Red, green and blue of a tile's pixels, row by row. */
export function renderTile({ x, y, size, poster: picture }: Tile): Uint8Array {
  const columns = Math.min(size, picture.width - x)
  const rows = Math.min(size, picture.height - y)
  const pixels = new Uint8Array(columns * rows * 3)
  const step = picture.span / picture.width
  const sum = [0, 0, 0]
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      sum.fill(0)
      for (let sample = 0; sample < picture.samples ** 2; sample++) {
        const dx = ((sample % picture.samples) + 0.5) / picture.samples
        const dy = (Math.floor(sample / picture.samples) + 0.5) / picture.samples
        const re = picture.re + (x + column + dx - picture.width / 2) * step
        const im = picture.im - (y + row + dy - picture.height / 2) * step
        addColour(sum, escapeTime(re, im, picture.iterations))
      }
      for (let channel = 0; channel < 3; channel++) {
        pixels[(row * columns + column) * 3 + channel] = (sum[channel] as number) / picture.samples ** 2
      }
    }
  }
  return pixels
}

/** Smooth number of steps until the orbit leaves; `Infinity` where it stays. */
function escapeTime(re: number, im: number, limit: number): number {
  let a = 0
  let b = 0
  let aa = 0
  let bb = 0
  for (let steps = 0; steps < limit; steps++) {
    b = 2 * a * b + im
    a = aa - bb + re
    aa = a * a
    bb = b * b
    if (aa + bb > 256) return steps + 1 - Math.log2(Math.log2(aa + bb) / 2)
  }
  return Number.POSITIVE_INFINITY
}

function addColour(sum: number[], steps: number): void {
  if (steps === Number.POSITIVE_INFINITY) return
  const position = (Math.log2(steps + 1) * 0.55) % 1
  const place = position * palette.length
  const from = palette[Math.floor(place)] as readonly number[]
  const to = palette[(Math.floor(place) + 1) % palette.length] as readonly number[]
  const part = place - Math.floor(place)
  for (let channel = 0; channel < 3; channel++) {
    sum[channel] = (sum[channel] as number) + (from[channel] as number) * (1 - part) + (to[channel] as number) * part
  }
}
