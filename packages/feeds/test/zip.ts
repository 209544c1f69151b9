import { crc32, deflateRawSync } from 'node:zlib'

/** A file of an archive, with what can be wrong about it. */
export type ZipFile = {
  readonly name: string
  readonly text: string | Uint8Array
  /** What the directory says of its inflated size, in place of the truth. Bytes. */
  readonly saysBytes?: number
  readonly isEncrypted?: boolean
  /** 8 is deflate. */
  readonly method?: number
  /** Sizes are in the extra field of zip64 (APPNOTE 4.5.3). */
  readonly isZip64?: boolean
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const ENCRYPTED = 1
const ALL_ONES = 0xffffffff

/** A zip archive (APPNOTE.TXT), written without the library that reads it. */
export function zipOf(...files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const file of files) {
    const local = entryOf(file, LOCAL, 0)
    directory.push(entryOf(file, CENTRAL, offset))
    const part = Buffer.concat([local, deflated(file)])
    parts.push(part)
    offset += part.length
  }
  const central = Buffer.concat(directory)
  return Buffer.concat([...parts, central, endOf(files.length, central.length, offset)])
}

function deflated({ text }: ZipFile): Buffer {
  return deflateRawSync(text)
}

function entryOf(file: ZipFile, signature: number, offset: number): Buffer {
  const data = Buffer.from(file.text)
  const name = Buffer.from(file.name)
  const sizes = [deflated(file).length, file.saysBytes ?? data.length] as const
  const extra = file.isZip64 === true ? zip64Extra(sizes) : Buffer.alloc(0)
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(file.isEncrypted === true ? ENCRYPTED : 0, 2)
  common.writeUInt16LE(file.method ?? 8, 4)
  common.writeUInt32LE(crc32(data), 10)
  common.writeUInt32LE(file.isZip64 === true ? ALL_ONES : sizes[0], 14)
  common.writeUInt32LE(file.isZip64 === true ? ALL_ONES : sizes[1], 18)
  common.writeUInt16LE(name.length, 22)
  common.writeUInt16LE(extra.length, 24)
  const start = Buffer.alloc(4)
  start.writeUInt32LE(signature)
  if (signature === LOCAL) return Buffer.concat([start, common, name, extra])
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(offset, 10)
  return Buffer.concat([start, Buffer.from([20, 0]), common, rest, name, extra])
}

function zip64Extra([compressed, inflated]: readonly [number, number]): Buffer {
  const extra = Buffer.alloc(20)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(16, 2)
  extra.writeBigUInt64LE(BigInt(inflated), 4)
  extra.writeBigUInt64LE(BigInt(compressed), 12)
  return extra
}

function endOf(entries: number, directoryBytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(entries, 8)
  end.writeUInt16LE(entries, 10)
  end.writeUInt32LE(directoryBytes, 12)
  end.writeUInt32LE(offset, 16)
  return end
}
