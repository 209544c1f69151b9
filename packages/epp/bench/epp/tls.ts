import { readFileSync } from 'node:fs'

const file = (name: string) => readFileSync(new URL(`../../test/tls/${name}`, import.meta.url), 'utf8')

/** The tests' certificate authority and server certificate, for `localhost`. */
export const TLS = {
  ca: file('ca.pem'),
  cert: file('server.pem'),
  key: file('server-key.pem'),
  serverName: 'localhost',
}
