import { createSocket } from 'node:dgram'
import { once } from 'node:events'

export type DnsServer = {
  /** As `Resolver.setServers` takes it. */
  readonly address: string
  /** The names asked for, with the type, in order. */
  readonly asked: readonly string[]
  readonly close: () => Promise<void>
}

const A = 1

/** Answers questions for A records of a name (RFC 1035) with what `answer` says at that moment, and all others with nothing. */
export async function startDnsServer(answer: (name: string) => readonly string[]): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (query, from) => {
    const { name, type, end } = readQuestion(query)
    asked.push(`${name} ${type === A ? 'A' : 'AAAA'}`)
    const addresses = type === A ? answer(name) : []
    socket.send(
      Buffer.concat([header(query, addresses.length), query.subarray(12, end), ...addresses.map(record)]),
      from.port,
    )
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: async () => {
      const closed = once(socket, 'close')
      socket.close()
      await closed
    },
  }
}

function readQuestion(query: Buffer) {
  const labels: string[] = []
  let at = 12
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 }
}

function header(query: Buffer, answers: number): Buffer {
  const head = Buffer.alloc(12)
  query.copy(head, 0, 0, 2)
  // An answer, with recursion, to one question.
  head.writeUInt16BE(0x81_80, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(answers, 6)
  return head
}

/** Of the name in the question, with a life of 0 seconds. */
function record(address: string): Buffer {
  return Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)])
}
