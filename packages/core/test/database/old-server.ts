import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A message of PostgreSQL's protocol: type, length, content. */
function message(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const int16 = (value: number) => Buffer.from([value >> 8, value & 0xff])
const int32 = (value: number) => Buffer.concat([int16(value >>> 16), int16(value & 0xffff)])
const text = (value: string) => Buffer.from(`${value}\0`)
const ready = message('Z', Buffer.from('I'))

/** One row with one column of text. */
function rowOf(name: string, value: string): Buffer {
  const column = [text(name), int32(0), int16(0), int32(25), int16(0xffff), int32(-1), int16(0)]
  return Buffer.concat([
    message('T', int16(1), ...column),
    message('D', int16(1), int32(value.length), Buffer.from(value)),
    message('C', text('SHOW')),
    ready,
  ])
}

/** Something that lets everybody in and says of whatever it is asked that it is this version. `asked` gathers the statements. */
export async function givenServerOf(version: string): Promise<{ url: string; asked: readonly string[] }> {
  const asked: string[] = []
  const talk = (socket: Socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int32(0)), ready]))
      socket.on('data', (data) => {
        if (data.toString('latin1', 0, 1) !== 'Q') return
        asked.push(data.toString('utf8', 5, data.length - 1))
        socket.write(rowOf('server_version', version))
      })
    })
    socket.on('error', () => undefined)
  }
  const server: Server = createServer(talk).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return { url: `postgres://anybody@127.0.0.1:${address.port}/any`, asked }
}
