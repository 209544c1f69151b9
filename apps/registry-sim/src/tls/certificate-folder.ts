import { X509Certificate } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Certificates, makeCertificates } from './certificate.ts'

/** Certificates with less left than this are made anew, so that a long run never meets an expired one. */
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

/** By rename, so that a client reading `ca.pem` never sees half of it. */
async function place(folder: string, file: string, text: string): Promise<void> {
  const draft = join(folder, `.${file}.${process.pid}`)
  await writeFile(draft, text, { mode: 0o600 })
  await rename(draft, join(folder, file))
}

/**
 * The folder's certificates, made and written when absent or soon to expire: `ca.pem` for clients, `server.pem` and
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
