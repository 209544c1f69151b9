import { expect, test } from 'vitest'
import { answer } from '../../src/epp/answer.ts'
import { type FaultKind, faultMoments, orderFault } from '../../src/registry/faults.ts'
import { allTruth } from '../../src/registry/truth.ts'
import { CONTACT, codeOf, commandXml, createXml, HOST, objectXml, otherXml } from '../support/epp-client.ts'
import { ask, loggedIn, makeTestRegistry } from '../support/registry.ts'

const name = '<d:name>kawa.pl</d:name>'
const contact =
  '<o:id>jan-1</o:id><o:postalInfo type="int"><o:name>Jan</o:name><o:addr><o:city>Gdansk</o:city><o:cc>PL</o:cc></o:addr>' +
  '</o:postalInfo><o:email>jan@example.net</o:email><o:authInfo><o:pw>secret-99</o:pw></o:authInfo>'
const host = '<o:name>ns1.example.net</o:name>'
const held = [createXml('kawa.pl'), otherXml(CONTACT, 'create', contact), otherXml(HOST, 'create', host)]

/** Every command that changes something, on a registry that holds the domain, the contact and the host. */
const changes = [
  ['create', createXml('mleko.pl')],
  ['renew', objectXml('renew', `${name}<d:curExpDate>2027-11-24</d:curExpDate>`)],
  ['update', objectXml('update', `${name}<d:add><d:status s="clientHold"/></d:add>`)],
  ['delete', objectXml('delete', name)],
  ['create', otherXml(CONTACT, 'create', contact.replace('jan-1', 'jan-2'))],
  ['update', otherXml(CONTACT, 'update', '<o:id>jan-1</o:id><o:chg><o:voice>+48.1</o:voice></o:chg>')],
  ['delete', otherXml(CONTACT, 'delete', '<o:id>jan-1</o:id>')],
  ['create', otherXml(HOST, 'create', '<o:name>ns2.example.net</o:name>')],
  ['update', otherXml(HOST, 'update', `${host}<o:add><o:status s="clientUpdateProhibited"/></o:add>`)],
  ['delete', otherXml(HOST, 'delete', host)],
  ['poll', commandXml('<poll op="ack" msgID="1"/>')],
] as const

const endings: Partial<Record<FaultKind, string>> = {
  cut_before_commit: 'cut',
  stall_before_commit: 'stall',
  failed: '2400',
  session_limit: '2502',
  cut_after_commit: 'cut',
  stall_after_commit: 'stall',
  failed_after_commit: '2400',
  half_close_after_commit: 'half_close',
}

type Case = {
  kind: FaultKind
  ending: string
  verb: (typeof changes)[number][0]
  xml: string
  isDone: boolean
}

const cases: Case[] = Object.entries(endings).flatMap(([key, ending]) => {
  const kind = Object.keys(faultMoments).find((each): each is FaultKind => each === key)
  if (kind === undefined) throw new Error(`no fault is called ${key}`)
  return changes.map(([verb, xml]) => ({ kind, ending, verb, xml, isDone: faultMoments[kind] === 'after' }))
})

/** Everything that a change could change. Arrivals are kept of what is not done, too. */
function stateOf({ registry }: ReturnType<typeof world>): string {
  const truth = [...allTruth(registry)].map((one) => ({ ...one, arrivals: [] }))
  const { contacts, hosts, ledger, accounts, names } = registry
  const messages = accounts.get('droplock')?.messages
  const registrations = [...names.values()].map(({ registration }) => registration)
  return JSON.stringify([truth, registrations, [...contacts], [...hosts], ledger, messages])
}

function world() {
  const { registry } = makeTestRegistry()
  const session = loggedIn(registry)
  for (const xml of held) ask(session, xml)
  registry.accounts.get('droplock')?.messages.push({ id: '1', atMs: 0, text: 'one', resData: undefined })
  return { registry, session }
}

test.each(cases)(
  '$kind on $verb: it ends with $ending, done: $isDone ($xml)',
  ({ kind, ending, verb, xml, isDone }) => {
    const faulty = world()
    orderFault(faulty.registry.faults, { kind, commands: [verb], probability: 1, count: 1 })
    const before = stateOf(faulty)
    const { xml: reply, after } = answer(faulty.session, Buffer.from(xml))
    expect(reply === undefined ? after : String(codeOf(reply))).toBe(ending)
    const smooth = world()
    answer(smooth.session, Buffer.from(xml))
    expect(stateOf(smooth)).not.toBe(before)
    expect(stateOf(faulty)).toBe(isDone ? stateOf(smooth) : before)
  },
)
