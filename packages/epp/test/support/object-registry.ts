import * as say from './answers.ts'
import type { Command, Peer, Script } from './registry.ts'

const NS = {
  domain: 'urn:ietf:params:xml:ns:domain-1.0',
  contact: 'urn:ietf:params:xml:ns:contact-1.0',
  host: 'urn:ietf:params:xml:ns:host-1.0',
  fee: 'urn:ietf:params:xml:ns:epp:fee-1.0',
  secDNS: 'urn:ietf:params:xml:ns:secDNS-1.1',
}
type Kind = 'domain' | 'contact' | 'host'
type Entry = { clID: string; exDate: string; inner: Map<string, string[]>; ds: string }

const OK = '<result code="1000"><msg>done</msg></result>'

/** The price of one year of a standard name, and of a premium name. */
const [PRICE, PREMIUM_PRICE] = ['7.50', '500.00']

const MENU =
  '<version>1.0</version><lang>en</lang>' +
  [NS.domain, NS.contact, NS.host].map((uri) => `<objURI>${uri}</objURI>`).join('') +
  `<svcExtension>${[NS.fee, NS.secDNS, 'urn:ietf:params:xml:ns:rgp-1.0'].map((uri) => `<extURI>${uri}</extURI>`).join('')}</svcExtension>`

/** A minimal registry that reads commands by plain patterns and stores objects with their sponsor and content. */
export class ObjectRegistry {
  readonly greeting = (): string => say.greeting(undefined, MENU)
  readonly #entries = new Map<string, Entry>()
  readonly #queue: string[] = []
  readonly #premium = new Set<string>()
  #losing = false
  #messages = 0

  readonly script: Script = (command, peer) => {
    if (['hello', 'login', 'logout'].includes(command.verb)) return undefined
    const answer = this.#answer(command)
    if (this.#losing && command.verb === 'create') peer.reset()
    else peer.reply(answer)
    return 'handled'
  }

  greet = (peer: Peer): void => peer.reply(this.greeting())

  hold(name: string): void {
    this.#entries.set(`domain ${name}`, { ...entry(''), clID: 'other' })
  }

  price(name: string): void {
    this.#premium.add(name)
  }

  loseNext(): void {
    this.#losing = true
  }

  queueMessage(): void {
    this.#queue.push(`M-${(this.#messages += 1)}`)
  }

  #answer({ verb, xml, clTRID }: Command): string {
    const result = (code: number) => say.result(code, clTRID)
    if (verb === 'poll') return this.#poll(xml, clTRID)
    const kind: Kind = xml.includes(NS.contact) ? 'contact' : xml.includes(NS.host) ? 'host' : 'domain'
    const names = part(xml, kind === 'contact' ? 'id' : 'name')
    const [name = ''] = names
    const known = this.#entries.get(`${kind} ${name}`)
    if (verb === 'check') return this.#check(kind, names, xml, clTRID)
    if (verb === 'create') return known ? result(2302) : this.#create(kind, name, xml, clTRID)
    if (known === undefined) return result(2303)
    const named = [...this.#entries].flatMap(([key, { inner }]) => [key, ...(inner.get('ns') ?? [])])
    const below = named.flatMap((key) =>
      key.startsWith('host ') && key.endsWith(`.${name}`) ? key.slice(5) : [],
    )
    if (verb === 'info') return info(kind, name, known, clTRID, below)
    if (verb === 'renew') return renew(name, known, xml, clTRID)
    if (verb === 'delete' && (below.length > 0 || (kind === 'host' && named.includes(name))))
      return result(2305)
    if (verb === 'delete') this.#entries.delete(`${kind} ${name}`)
    if (verb === 'update') change(known, xml)
    return result(1000)
  }

  #check(kind: Kind, names: readonly string[], xml: string, clTRID: string): string {
    const tag = kind === 'contact' ? 'id' : 'name'
    const each = names.map((name) => {
      const free = !this.#entries.has(`${kind} ${name}`)
      return `<o:cd><o:${tag} avail="${free ? 1 : 0}">${name}</o:${tag}></o:cd>`
    })
    const prices = names.map(
      (name) =>
        `<f:cd><f:objID>${name}</f:objID><f:command name="create" standard="1"><f:period unit="y">1</f:period><f:fee>${this.#premium.has(name) ? PREMIUM_PRICE : PRICE}</f:fee></f:command></f:cd>`,
    )
    const fee = `<f:chkData xmlns:f="${NS.fee}"><f:currency>USD</f:currency>${prices.join('')}</f:chkData>`
    return reply(kind, 'chkData', each.join(''), clTRID, xml.includes('<fee:check') ? fee : '')
  }

  #create(kind: Kind, name: string, xml: string, clTRID: string): string {
    const [fee] = part(xml, 'fee')
    const price = this.#premium.has(name) ? PREMIUM_PRICE : PRICE
    if (fee !== undefined && Number(fee) < Number(price)) return say.result(2004, clTRID)
    this.#entries.set(`${kind} ${name}`, entry(xml))
    const charged = `<f:creData xmlns:f="${NS.fee}"><f:currency>USD</f:currency><f:fee>${price}</f:fee></f:creData>`
    const tag = kind === 'contact' ? 'id' : 'name'
    const until = kind === 'domain' ? '<o:exDate>2027-11-24T14:00:00.0Z</o:exDate>' : ''
    const data = `<o:${tag}>${name}</o:${tag}><o:crDate>${say.CREATED_AT}</o:crDate>${until}`
    return reply(kind, 'creData', data, clTRID, fee === undefined ? '' : charged)
  }

  #poll(xml: string, clTRID: string): string {
    const acknowledged = /msgID="([^"]*)"/u.exec(xml)?.[1]
    const [first] = this.#queue
    if (acknowledged !== undefined) {
      if (acknowledged !== first) return say.result(2303, clTRID)
      this.#queue.shift()
      return say.result(1000, clTRID)
    }
    if (first === undefined) return say.result(1300, clTRID)
    return say.response(
      `<result code="1301"><msg>ack to dequeue</msg></result><msgQ count="${this.#queue.length}" id="${first}"><qDate>${say.CREATED_AT}</qDate><msg>a message</msg></msgQ>${say.trID(clTRID)}`,
    )
  }
}

function entry(xml: string): Entry {
  const inner = new Map<string, string[]>()
  const made = { clID: 'droplock', exDate: '2027-11-24T14:00:00.0Z', inner, ds: '' }
  inner.set('ns', part(xml, 'hostObj'))
  inner.set('email', part(xml, 'email'))
  inner.set('status', [])
  return made
}

function change(known: Entry, xml: string): void {
  const block = (name: string) => new RegExp(`:${name}>(.*?)</\\w+:${name}>`, 'u').exec(xml)?.[1] ?? ''
  const apply = (key: string, add: string[], gone: string[]) =>
    known.inner.set(
      key,
      [...(known.inner.get(key) ?? []), ...add].filter((one) => !gone.includes(one)),
    )
  apply('ns', part(block('add'), 'hostObj'), part(block('rem'), 'hostObj'))
  apply('status', statuses(block('add')), statuses(block('rem')))
  const email = part(block('chg'), 'email')
  if (email.length > 0) known.inner.set('email', email)
  known.ds = /<secDNS:add>(.*)<\/secDNS:add>/u.exec(xml)?.[1] ?? known.ds
}

function statuses(text: string): string[] {
  return [...text.matchAll(/status s="(\w+)"/gu)].map(([, s = '']) => s)
}

function renew(name: string, known: Entry, xml: string, clTRID: string): string {
  if (!known.exDate.startsWith(part(xml, 'curExpDate')[0] ?? 'none')) return say.result(2306, clTRID)
  known.exDate = known.exDate.replace(/^\d{4}/u, (year) => String(Number(year) + 1))
  return reply('domain', 'renData', `<o:name>${name}</o:name><o:exDate>${known.exDate}</o:exDate>`, clTRID)
}

function info(kind: Kind, name: string, known: Entry, clTRID: string, below: readonly string[]): string {
  if (known.clID === 'other') return say.info(name, clTRID)
  const { inner, ds } = known
  const roid = '<o:roid>X1-REP</o:roid>'
  const status = (inner.get('status') ?? []).map((s) => `<o:status s="${s}"/>`).join('')
  const ns = (inner.get('ns') ?? []).map((host) => `<o:hostObj>${host}</o:hostObj>`).join('')
  const hosts = below.map((host) => `<o:host>${host}</o:host>`).join('')
  const by = `<o:clID>${known.clID}</o:clID><o:crDate>${say.CREATED_AT}</o:crDate>`
  if (kind === 'host')
    return reply(kind, 'infData', `<o:name>${name}</o:name>${roid}<o:status s="ok"/>${by}`, clTRID)
  if (kind === 'contact') {
    const postal =
      '<o:postalInfo type="int"><o:name>J</o:name><o:addr><o:city>Praha</o:city><o:cc>CZ</o:cc></o:addr></o:postalInfo>'
    const email = `<o:email>${inner.get('email')?.[0] ?? ''}</o:email>`
    return reply(
      kind,
      'infData',
      `<o:id>${name}</o:id>${roid}<o:status s="ok"/>${postal}${email}${by}`,
      clTRID,
    )
  }
  const data = `<o:name>${name}</o:name>${roid}${status}${ns && `<o:ns>${ns}</o:ns>`}${hosts}${by}<o:exDate>${known.exDate}</o:exDate>`
  const signed = `<secDNS:infData xmlns:secDNS="${NS.secDNS}">${ds}</secDNS:infData>`
  return reply(kind, 'infData', data, clTRID, ds && signed)
}

function reply(kind: Kind, element: string, inner: string, clTRID: string, extension = ''): string {
  const wrapped = extension && `<extension>${extension}</extension>`
  return say.response(
    `${OK}<resData><o:${element} xmlns:o="${NS[kind]}">${inner}</o:${element}></resData>${wrapped}${say.trID(clTRID)}`,
  )
}

/** Texts of the elements of that name, whatever the prefix. */
function part(xml: string, local: string): string[] {
  return [...xml.matchAll(new RegExp(`<\\w+:${local}(?: [^>]*)?>([^<]*)<`, 'gu'))].map(
    ([, text = '']) => text,
  )
}
