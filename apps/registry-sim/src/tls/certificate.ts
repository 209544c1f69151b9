import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import {
  bitString,
  context,
  contextPrimitive,
  flags,
  integer,
  octetString,
  oid,
  sequence,
  set,
  time,
  utf8,
  yes,
} from './der.ts'

/**
 * A certificate authority and a server certificate, made afresh: node has keys and signatures but writes no
 * certificates. (Rejected: @peculiar/x509 brings twenty packages and a global polyfill for these 100 lines; a key
 * committed to the repository would be a key everybody has.)
 */
export type Certificates = { readonly caPem: string; readonly certPem: string; readonly keyPem: string }

const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))
/** Long enough for a running service, short enough that a forgotten one dies. */
const VALID_DAYS = 365
/** A client whose clock is a little behind must not refuse a new certificate. */
const BACKDATED_HOURS = 24
const HOUR_MS = 3_600_000

type Subject = { readonly name: Buffer; readonly publicKey: KeyObject; readonly privateKey: KeyObject }

function makeSubject(commonName: string): Subject {
  const name = sequence(set(sequence(oid('2.5.4.3'), utf8(commonName))))
  return { name, ...generateKeyPairSync('ec', { namedCurve: 'prime256v1' }) }
}

function publicKeyInfo(subject: Subject): Buffer {
  return subject.publicKey.export({ type: 'spki', format: 'der' })
}

function keyIdentifier(subject: Subject): Buffer {
  return createHash('sha1').update(publicKeyInfo(subject)).digest()
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return critical ? sequence(oid(id), yes(), octetString(value)) : sequence(oid(id), octetString(value))
}

/** RFC 5280 §4.1: the part to be signed, then the signature over it. */
function issue(issuer: Subject, subject: Subject, extensions: readonly Buffer[], now: Date): string {
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const tbs = sequence(
    context(0, integer(Buffer.of(2))),
    integer(serial),
    ECDSA_WITH_SHA256,
    issuer.name,
    sequence(
      time(new Date(now.getTime() - BACKDATED_HOURS * HOUR_MS)),
      time(new Date(now.getTime() + VALID_DAYS * 24 * HOUR_MS)),
    ),
    subject.name,
    publicKeyInfo(subject),
    context(3, sequence(...extensions)),
  )
  const signature = sign('sha256', tbs, issuer.privateKey)
  const body = sequence(tbs, ECDSA_WITH_SHA256, bitString(signature)).toString('base64')
  const lines = body.match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

function authorityExtensions(ca: Subject): readonly Buffer[] {
  return [
    extension('2.5.29.19', true, sequence(yes())),
    extension('2.5.29.15', true, flags(0b0000_0110, 1)), // keyCertSign, cRLSign
    extension('2.5.29.14', false, octetString(keyIdentifier(ca))),
  ]
}

function serverExtensions(ca: Subject, server: Subject): readonly Buffer[] {
  const names = sequence(
    contextPrimitive(2, Buffer.from('localhost')),
    contextPrimitive(7, Buffer.of(127, 0, 0, 1)),
  )
  return [
    extension('2.5.29.19', true, sequence()),
    extension('2.5.29.15', true, flags(0b1000_0000, 7)), // digitalSignature
    extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))), // serverAuth
    extension('2.5.29.17', false, names),
    extension('2.5.29.14', false, octetString(keyIdentifier(server))),
    extension('2.5.29.35', false, sequence(contextPrimitive(0, keyIdentifier(ca)))),
  ]
}

/** Makes both certificates, for `localhost` and 127.0.0.1. The authority's private key is forgotten on return. */
export function makeCertificates(now: Date): Certificates {
  const ca = makeSubject('Registry simulator CA')
  const server = makeSubject('localhost')
  return {
    caPem: issue(ca, ca, authorityExtensions(ca), now),
    certPem: issue(ca, server, serverExtensions(ca, server), now),
    keyPem: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
