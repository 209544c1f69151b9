import { readFileSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

const MIB = 1_048_576

/** Watches what memory the process holds from now on: how much more, at the most, than at the start. Linux. */
export function watchMemory(pid: number): { readonly growthMib: () => number } {
  const start = read(pid, 'VmRSS')
  // The peak is counted anew from here (proc(5)).
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  return { growthMib: () => read(pid, 'VmHWM') - start }
}

function read(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kib = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]
  if (kib === undefined) throw new Error('the process reports no memory')
  return Number(kib) / 1_024
}

/** A connection that sends the text and reads nothing until it is resumed. Its end is no error of the test. */
export async function openUnread(url: string, text: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const { promise, resolve } = Promise.withResolvers<void>()
  const socket = connect(Number(port), hostname)
  socket.on('error', () => resolve())
  socket.on('close', () => resolve())
  socket.pause()
  socket.write(text, () => resolve())
  await promise
  return socket
}

/** All that the server still sends until it closes the connection, at most `bytesMax`. */
export async function readToEnd(socket: Socket, bytesMax = 64 * MIB): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.on('close', () => resolve())
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > bytesMax) reject(new Error(`the server sent more than ${bytesMax} bytes`))
  })
  if (socket.destroyed) resolve()
  else socket.resume()
  await promise
  return Buffer.concat(chunks).toString()
}

/** One request as it is on the wire. */
export function get(path: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `GET ${path} HTTP/1.1\r\nHost: test\r\n${lines.join('')}\r\n`
}
