import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { makeDelayLine } from './delay-line.ts'

// A process that stands between clients and a registry, on loopback, and delays each direction by half of the round trip. It passes on
// octets in order and knows nothing of TLS. Arguments: the port of the registry, the round trip in milliseconds. It prints its own port.

const [target, roundTripMs] = process.argv.slice(2).map(Number)
const HOST = '127.0.0.1'

function passOn(from: Socket, to: Socket, halfMs: number): void {
  const later = makeDelayLine(halfMs)
  from.on('data', (octets) => later(() => to.destroyed || to.write(octets)))
  from.on('end', () => later(() => to.end()))
  from.on('error', () => to.destroy())
  from.on('close', () => later(() => to.destroy()))
}

const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  const registry = connect({ host: HOST, port: target ?? 0, allowHalfOpen: true, noDelay: true })
  const halfMs = (roundTripMs ?? 0) / 2
  passOn(client, registry, halfMs)
  passOn(registry, client, halfMs)
})
server.listen(0, HOST, () => {
  const { port } = server.address() as AddressInfo
  console.log(JSON.stringify({ port }))
})
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0))
