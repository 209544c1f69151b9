import { connect, type TLSSocket } from 'node:tls'
import type { RunningRegistry } from '../../src/start-simulator.ts'

/** A raw EPP client of the tests' own: nothing of the server's framing or XML code. */
export type EppClient = {
  readonly greeting: string
  readonly socket: TLSSocket
  /** Sends one document and gives the answer. Rejects when the connection ends first. */
  send(xml: string): Promise<string>
  /** The next document that arrives. Rejects when the connection ends first. */
  next(): Promise<string>
  /** Resolves when the connection has ended. */
  readonly ended: Promise<void>
  close(): void
}

export function frame(xml: string): Buffer {
  const body = Buffer.from(xml)
  const header = Buffer.alloc(4)
  header.writeUInt32BE(body.length + 4)
  return Buffer.concat([header, body])
}

type Waiter = { resolve(xml: string): void; reject(error: Error): void }

function collect(socket: TLSSocket): { next(): Promise<string>; ended: Promise<void> } {
  const arrived: string[] = []
  const waiters: Waiter[] = []
  let over = false
  let bytes = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    while (bytes.length >= 4 && bytes.length >= bytes.readUInt32BE(0)) {
      const octets = bytes.readUInt32BE(0)
      const xml = bytes.subarray(4, octets).toString('utf8')
      bytes = bytes.subarray(octets)
      const waiter = waiters.shift()
      if (waiter) waiter.resolve(xml)
      else arrived.push(xml)
    }
  })
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => {
      over = true
      for (const waiter of waiters.splice(0)) waiter.reject(new Error('connection ended'))
      resolve()
    })
  })
  const next = () =>
    new Promise<string>((resolve, reject) => {
      const xml = arrived.shift()
      if (xml !== undefined) resolve(xml)
      else if (over) reject(new Error('connection ended'))
      else waiters.push({ resolve, reject })
    })
  return { next, ended }
}

/** Connects with certificate and name checked, and waits for the greeting. */
export async function connectEpp(registry: RunningRegistry): Promise<EppClient> {
  const socket = connect({
    host: registry.host,
    port: registry.port,
    ca: registry.ca,
    servername: 'localhost',
  })
  socket.on('error', () => undefined)
  const { next, ended } = collect(socket)
  const greeting = await next()
  return {
    greeting,
    socket,
    next,
    ended,
    send(xml) {
      socket.write(frame(xml))
      return next()
    },
    close: () => socket.destroy(),
  }
}

export async function logIn(
  registry: RunningRegistry,
  clid = 'droplock',
  password = 'sim-secret-1',
): Promise<EppClient> {
  const client = await connectEpp(registry)
  const uris = (local: string) =>
    [...client.greeting.matchAll(new RegExp(`<${local}>([^<]*)<`, 'g'))].map(([, uri = '']) => uri)
  const offered = { objects: uris('objURI'), extensions: uris('extURI') }
  const answer = await client.send(loginXml({ clid, password, ...offered }))
  if (codeOf(answer) !== 1000) throw new Error(`login answered ${answer}`)
  return client
}

const EPP = 'urn:ietf:params:xml:ns:epp-1.0'
const DOMAIN = 'urn:ietf:params:xml:ns:domain-1.0'
export const CONTACT = 'urn:ietf:params:xml:ns:contact-1.0'
export const HOST = 'urn:ietf:params:xml:ns:host-1.0'
export const RGP = 'urn:ietf:params:xml:ns:rgp-1.0'
export const FEE = 'urn:ietf:params:xml:ns:epp:fee-1.0'

export function commandXml(inside: string, clTRID = 'test-0001'): string {
  return `<?xml version="1.0" encoding="UTF-8"?><epp xmlns="${EPP}"><command>${inside}<clTRID>${clTRID}</clTRID></command></epp>`
}

export const helloXml = `<?xml version="1.0" encoding="UTF-8"?><epp xmlns="${EPP}"><hello/></epp>`

type LoginParts = {
  readonly clid?: string
  readonly password?: string
  readonly version?: string
  readonly lang?: string
  readonly objects?: readonly string[]
  readonly extensions?: readonly string[]
}

export function loginXml(parts: LoginParts = {}): string {
  const { clid = 'droplock', password = 'sim-secret-1', version = '1.0', lang = 'en' } = parts
  const { objects = [DOMAIN], extensions = [RGP, FEE] } = parts
  const objectUris = objects.map((uri) => `<objURI>${uri}</objURI>`).join('')
  const extensionUris = extensions.map((uri) => `<extURI>${uri}</extURI>`).join('')
  const services = extensionUris ? `${objectUris}<svcExtension>${extensionUris}</svcExtension>` : objectUris
  return commandXml(
    `<login><clID>${clid}</clID><pw>${password}</pw><options><version>${version}</version><lang>${lang}</lang>` +
      `</options><svcs>${services}</svcs></login>`,
  )
}

export function checkXml(names: readonly string[], extension = ''): string {
  const list = names.map((name) => `<d:name>${name}</d:name>`).join('')
  return commandXml(`<check><d:check xmlns:d="${DOMAIN}">${list}</d:check></check>${extension}`)
}

export function infoXml(name: string, inside = ''): string {
  return commandXml(`<info><d:info xmlns:d="${DOMAIN}"><d:name>${name}</d:name>${inside}</d:info></info>`)
}

type CreateParts = {
  readonly period?: string
  readonly registrant?: string
  readonly fee?: string
  readonly currency?: string
  readonly clTRID?: string
}

export function createXml(name: string, parts: CreateParts = {}): string {
  const { period = '<d:period unit="y">1</d:period>', registrant, fee, currency = 'USD', clTRID } = parts
  const holder = registrant ? `<d:registrant>${registrant}</d:registrant>` : ''
  const extension = fee
    ? `<extension><f:create xmlns:f="${FEE}"><f:currency>${currency}</f:currency><f:fee>${fee}</f:fee></f:create></extension>`
    : ''
  return commandXml(
    `<create><d:create xmlns:d="${DOMAIN}"><d:name>${name}</d:name>${period}${holder}` +
      `<d:authInfo><d:pw>secret-99</d:pw></d:authInfo></d:create></create>${extension}`,
    clTRID,
  )
}

/** `inside` writes its elements with the prefix `d`, or for another object with `o`. */
export function objectXml(verb: string, inside: string, extension = ''): string {
  return commandXml(`<${verb}><d:${verb} xmlns:d="${DOMAIN}">${inside}</d:${verb}></${verb}>${extension}`)
}

export function otherXml(ns: string, verb: string, inside: string): string {
  return commandXml(`<${verb}><o:${verb} xmlns:o="${ns}">${inside}</o:${verb}></${verb}>`)
}

export const logoutXml = commandXml('<logout/>')
export const pollXml = commandXml('<poll op="req"/>')

export function codeOf(answer: string): number {
  return Number(/<result code="(\d{4})"/.exec(answer)?.[1])
}

/** The text of the first element of this local name. */
export function textOf(answer: string, local: string): string | undefined {
  return new RegExp(`<(?:\\w+:)?${local}(?: [^>]*)?>([^<]*)<`).exec(answer)?.[1]
}
