import { createServer, type TLSSocket } from 'node:tls'
import { encodeFrame } from '../../src/framing.ts'
import { TLS } from './fixtures.ts'

// A process of its own: a TLS server on 127.0.0.1 that answers every frame at once with prepared octets, so that both
// clients of the bench are treated alike. Prints its port, and ends with its standard input.

const EPP = 'urn:ietf:params:xml:ns:epp-1.0'
const DOMAIN = 'urn:ietf:params:xml:ns:domain-1.0'

const head = `<?xml version="1.0" encoding="UTF-8"?><epp xmlns="${EPP}">`
const greeting = encodeFrame(
  `${head}<greeting><svID>bench</svID><svDate>2026-11-24T14:00:00.0Z</svDate><svcMenu><version>1.0</version><lang>en</lang><objURI>${DOMAIN}</objURI></svcMenu><dcp><access><all/></access><statement><purpose><prov/></purpose><recipient><ours/></recipient><retention><stated/></retention></statement></dcp></greeting></epp>`,
)
const [before, between, after] = [
  `${head}<response><result code="`,
  '"><msg>Object exists</msg></result><trID><clTRID>',
  '</clTRID><svTRID>BENCH-00000001</svTRID></trID></response></epp>',
]

const server = createServer({ key: TLS.key, cert: TLS.cert }, (socket) => {
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.write(greeting)
  let pending: Buffer = Buffer.alloc(0)
  socket.on('data', (octets: Buffer) => {
    pending = pending.length === 0 ? octets : Buffer.concat([pending, octets])
    while (pending.length >= 4 && pending.length >= pending.readUInt32BE()) {
      const total = pending.readUInt32BE()
      answer(socket, pending.toString('latin1', 4, total))
      pending = pending.subarray(total)
    }
  })
})

function answer(socket: TLSSocket, xml: string): void {
  if (xml.includes('<hello/>')) return void socket.write(greeting)
  const at = xml.indexOf('<clTRID>') + '<clTRID>'.length
  const clTRID = xml.slice(at, xml.indexOf('<', at))
  const code = xml.includes('<create>') ? 2302 : xml.includes('<logout/>') ? 1500 : 1000
  socket.write(encodeFrame(`${before}${code}${between}${clTRID}${after}`))
}

server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address())))
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
