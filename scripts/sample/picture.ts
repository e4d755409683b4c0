// Pictures of one colour, made without a library: small, and valid in every byte.
import { deflateSync } from 'node:zlib'

type Colour = readonly [red: number, green: number, blue: number]

/** A PNG of 8 bits a channel. */
export function png(width: number, height: number, colour: Colour): Buffer {
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, () => Buffer.from(colour))])
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}

function crc32(bytes: Buffer): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1))
  }
  return ~crc >>> 0
}

/** A baseline JPEG in shades of grey, of `columns` × `rows` blocks of 8 × 8 pixels. */
export function jpeg(columns: number, rows: number, shade: number): Buffer {
  const segment = (marker: number, ...data: number[]) => [0xff, marker, 0, data.length + 2, ...data]
  return Buffer.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0),
    // Nothing is quantised: the one coefficient of a block is eight times its shade.
    ...segment(0xdb, 0, ...Array.from({ length: 64 }, () => 1)),
    ...segment(0xc0, 8, 0, rows * 8, 0, columns * 8, 1, 1, 0x11, 0),
    // Twelve lengths of a difference, four bits each; and one code, «the block ends here».
    ...segment(0xc4, 0x00, 0, 0, 0, 12, ...zeros(12), ...Array.from({ length: 12 }, (_, length) => length)),
    ...segment(0xc4, 0x10, 1, ...zeros(15), 0),
    ...segment(0xda, 1, 1, 0, 0, 63, 0),
    ...scan(columns * rows, (shade - 128) * 8),
    ...[0xff, 0xd9],
  ])
}

const zeros = (count: number) => Array.from({ length: count }, () => 0)

/** The first block says the shade, the others that nothing changed. */
function scan(blocks: number, value: number): number[] {
  const length = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1
  const magnitude = value > 0 ? value : value + 2 ** length - 1
  const binary = (number: number, digits: number) => (digits ? number.toString(2).padStart(digits, '0') : '')
  let bits = `${binary(length, 4)}${binary(magnitude, length)}0${'00000'.repeat(blocks - 1)}`
  bits += '1'.repeat((8 - (bits.length % 8)) % 8)
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []
  // In a scan a byte FF is followed by a zero.
  return bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte]))
}
