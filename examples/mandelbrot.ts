/** Renders a poster of the Mandelbrot set's seahorse valley, a tile a job, on all cores: `npm run demo`. */
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { encode } from 'fast-png'
import cloud from '../lib/index.ts'
import { type Poster, poster, renderTile, type Tile, tilesOf } from './mandelbrot-tile.ts'

const SERIAL_SAMPLE = 24

const { width, out } = readArguments()
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())

const picture = poster(width)
const tiles = tilesOf(picture)
const serial = measureSerially(tiles)
console.log(`${picture.width} × ${picture.height} pixels, ${tiles.length} jobs, ${availableParallelism()} cores`)

try {
  const began = performance.now()
  const jids = await cloud.mp.with({ label: 'mandelbrot', signal: stop.signal }).map(renderTile, tiles)
  const squares = await cloud.mp.result(jids, { progress: true, signal: stop.signal })
  const wall = performance.now() - began
  await writeFile(
    out,
    encode({ width: picture.width, height: picture.height, data: assembled(picture, squares), channels: 3 }),
  )
  const facts = Object.values(await cloud.mp.info(jids, 'memory'))
  report({ wall, serial, jobs: tiles.length, worker: Math.max(...facts.map(({ memory }) => memory ?? 0)) })
  console.log(`wrote ${out}`)
} catch (error) {
  if (!stop.signal.aborted) throw error
  console.error('\nstopped; nothing was written')
  process.exitCode = 130
} finally {
  await cloud.mp.close()
}

function readArguments(): { width: number; out: string } {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'mandelbrot.png' },
      width: { type: 'string', default: '1500' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(
      'Usage: npm run demo -- [--out FILE (default mandelbrot.png)] [--width PIXELS (64 to 6000, default 1500)]',
    )
    process.exit(0)
  }
  const width = Number(values.width)
  if (!Number.isInteger(width) || width < 64 || width > 6_000) {
    console.error(`--width must be a whole number of pixels from 64 to 6000, not ${values.width}.`)
    process.exit(2)
  }
  return { width, out: values.out }
}

/** Milliseconds that this process alone would need, from tiles spread over the picture; the first warm the compiler up. */
function measureSerially(tiles: readonly Tile[]): number {
  const sample = Array.from({ length: SERIAL_SAMPLE }, (_, index) => {
    return tiles[Math.floor(((index + 0.5) * tiles.length) / SERIAL_SAMPLE)] as Tile
  })
  for (const tile of sample.slice(0, 4)) renderTile(tile)
  const began = performance.now()
  for (const tile of sample) renderTile(tile)
  return ((performance.now() - began) / sample.length) * tiles.length
}

function assembled({ width, height }: Poster, squares: readonly Uint8Array[]): Uint8Array {
  const image = new Uint8Array(width * height * 3)
  for (const [index, pixels] of squares.entries()) {
    const { x, y, size } = tiles[index] as Tile
    const bytes = Math.min(size, width - x) * 3
    for (let row = 0; row * bytes < pixels.length; row++) {
      image.set(pixels.subarray(row * bytes, (row + 1) * bytes), ((y + row) * width + x) * 3)
    }
  }
  return image
}

function report({ wall, serial, jobs, worker }: { wall: number; serial: number; jobs: number; worker: number }): void {
  const cores = availableParallelism()
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
  const megabytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MB`
  const rows = [
    ['jobs', `${jobs}`],
    ['wall time', seconds(wall)],
    ['serial time', `${seconds(serial)} (measured on ${SERIAL_SAMPLE} of the tiles)`],
    ['efficiency', `${Math.round((serial / wall / cores) * 100)} % of each of ${cores} cores`],
    ['throughput', `${Math.round((jobs / wall) * 1_000)} jobs/s`],
    ['peak memory', `${megabytes(process.resourceUsage().maxRSS * 1024)} here, ${megabytes(worker)} in a worker`],
  ]
  for (const [name, value] of rows) console.log(`${name?.padEnd(12)} ${value}`)
}
