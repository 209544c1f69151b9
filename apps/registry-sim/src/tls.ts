import { KeyObject, webcrypto, X509Certificate } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

/** Certificates that expire sooner than this are replaced, so that a long run never has an expired one. */
const LEFT_HOURS_MIN = 24 * 30

async function readCertificates(folder: string): Promise<Certificates | undefined> {
  try {
    const [caPem, certPem, keyPem] = await Promise.all(
      ['ca.pem', 'server.pem', 'server-key.pem'].map((file) => readFile(join(folder, file), 'utf8')),
    )
    return caPem && certPem && keyPem ? { caPem, certPem, keyPem } : undefined
  } catch {
    return undefined
  }
}

function stillGood({ caPem, certPem }: Certificates, now: Date): boolean {
  try {
    const authority = new X509Certificate(caPem)
    const server = new X509Certificate(certPem)
    const left = Math.min(Date.parse(authority.validTo), Date.parse(server.validTo)) - now.getTime()
    return server.verify(authority.publicKey) && left > LEFT_HOURS_MIN * 3_600_000
  } catch {
    return false
  }
}

/** Writes by rename, so that a client never reads half of `ca.pem`. */
async function place(folder: string, file: string, text: string): Promise<void> {
  const draft = join(folder, `.${file}.${process.pid}`)
  await writeFile(draft, text, { mode: 0o600 })
  await rename(draft, join(folder, file))
}

/**
 * The folder's certificates, created when they are absent or expire soon: `ca.pem` for clients, `server.pem` and
 * `server-key.pem` for us. Kept over restarts, so a client that has read `ca.pem` need not read it again.
 */
export async function certificatesIn(folder: string, now: Date): Promise<Certificates> {
  const kept = await readCertificates(folder)
  if (kept && stillGood(kept, now)) return kept
  const made = await makeCertificates(now)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await place(folder, 'server-key.pem', made.keyPem)
  await place(folder, 'server.pem', made.certPem)
  await place(folder, 'ca.pem', made.caPem)
  return made
}

/** A new certificate authority and server certificate: a key in the repository would be public. */
export type Certificates = { readonly caPem: string; readonly certPem: string; readonly keyPem: string }

/** Long enough for a running service, and short enough for a forgotten certificate. */
const VALID_DAYS = 365
/** A client whose clock is a little behind must not refuse a new certificate. */
const BACKDATED_HOURS = 24
const HOUR_MS = 3_600_000
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const AUTHORITY = 'CN=Registry simulator CA'

type Keys = webcrypto.CryptoKeyPair
type Extensions = readonly x509.Extension[]

/** Creates both certificates, for `localhost` and 127.0.0.1. The authority's private key is not kept. */
export async function makeCertificates(now: Date): Promise<Certificates> {
  const [ca, server] = await Promise.all([makeKeys(), makeKeys()])
  const [caCertificate, certificate] = await Promise.all([
    issue(ca, ca, AUTHORITY, await authorityExtensions(ca), now),
    issue(ca, server, 'CN=localhost', await serverExtensions(ca, server), now),
  ])
  return {
    caPem: `${caCertificate.toString('pem')}\n`,
    certPem: `${certificate.toString('pem')}\n`,
    keyPem: KeyObject.from(server.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function makeKeys(): Promise<Keys> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
}

function issue(ca: Keys, subject: Keys, name: string, extensions: Extensions, now: Date) {
  return x509.X509CertificateGenerator.create(
    {
      issuer: AUTHORITY,
      subject: name,
      notBefore: new Date(now.getTime() - BACKDATED_HOURS * HOUR_MS),
      notAfter: new Date(now.getTime() + VALID_DAYS * 24 * HOUR_MS),
      signingAlgorithm: ALGORITHM,
      signingKey: ca.privateKey,
      publicKey: subject.publicKey,
      extensions: [...extensions],
    },
    webcrypto,
  )
}

async function authorityExtensions(ca: Keys): Promise<Extensions> {
  const { keyCertSign, cRLSign } = x509.KeyUsageFlags
  return [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(ca.publicKey, false, webcrypto),
  ]
}

async function serverExtensions(ca: Keys, server: Keys): Promise<Extensions> {
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    // A client can use it too, for a registry that requires one (`clientCertificateCa`).
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
    new x509.SubjectAlternativeNameExtension([
      { type: 'dns', value: 'localhost' },
      { type: 'ip', value: '127.0.0.1' },
    ]),
    await x509.SubjectKeyIdentifierExtension.create(server.publicKey, false, webcrypto),
    await x509.AuthorityKeyIdentifierExtension.create(ca.publicKey, false, webcrypto),
  ]
}
