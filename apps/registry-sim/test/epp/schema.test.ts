import { describe, expect, test } from 'vitest'
import { answer, greet } from '../../src/epp/answer.ts'
import { openSession } from '../../src/epp/session.ts'
import { openSchemas, type Validate } from '../../src/open-schemas.ts'
import { type FaultKind, faultMoments, isFaultKind, orderFault } from '../../src/registry/faults.ts'
import { loadNames } from '../../src/registry/load-names.ts'
import { queueMessage } from '../../src/registry/messages.ts'
import { present } from '../../src/registry/registry.ts'
import { profileNames } from '../../src/registry/settings.ts'
import { writeCreate, writeLogin } from '../../src/rivals/documents.ts'
import { createXml, infoXml, loginXml, pollXml } from '../support/epp-client.ts'
import { play } from '../support/exchange.ts'
import { exchanges } from '../support/exchanges.ts'
import { ask, loggedIn, makeTestRegistry, NOON } from '../support/registry.ts'
import { sharedData } from '../support/shared-data.ts'

const folder = sharedData('xsd')
const title = folder
  ? 'published schemas'
  : 'published schemas (SKIPPED: the folder shared/data/xsd is not beside this checkout)'

/** Kinds that leave an answer to look at. */
const answering = Object.keys(faultMoments).filter(
  (kind): kind is FaultKind => isFaultKind(kind) && !/^(cut|stall|half_close)_/.test(kind),
)

describe.skipIf(!folder)(title, async () => {
  const validate: Validate = folder === undefined ? () => undefined : await openSchemas(folder)
  const complaint = (xml: string) => validate(Buffer.from(xml))

  test.each(exchanges)('the answer to $means ($as) is valid', (exchange) => {
    expect(complaint(play(exchange))).toBeUndefined()
  })

  test.each(profileNames)('the greeting of %s is valid', (profile) => {
    const { registry } = makeTestRegistry({ profile })
    expect(complaint(greet(openSession('one', registry)).xml ?? '')).toBeUndefined()
  })

  test('the greeting of a registry without extensions is valid', () => {
    const { registry } = makeTestRegistry({ extensions: [] })
    expect(complaint(greet(openSession('one', registry)).xml ?? '')).toBeUndefined()
  })

  test.each(answering)('an answer under the fault %s is a valid document, however it leaves', (kind) => {
    const { registry } = makeTestRegistry()
    const session = kind === 'session_limit' ? openSession('one', registry) : loggedIn(registry)
    orderFault(registry.faults, { kind, probability: 1, on: 'any', skewMs: 5000 })
    const document = kind === 'session_limit' ? loginXml() : createXml('kawa.pl')
    const greeted = kind === 'skewed_sv_date' || kind === 'plain_text_banner'
    const { xml, fault } = greeted ? greet(session) : answer(session, Buffer.from(document))
    expect(fault?.kind).toBe(kind)
    expect(complaint(xml ?? '')).toBeUndefined()
  })

  test('an award and a plain message by poll are valid, and any answer that reports them', () => {
    const { registry, clock } = makeTestRegistry({ dropzone: { periodMs: 1000 } })
    const name = { name: 'kawa.pl', kind: 'normal', purgeAtMs: NOON, rivals: [] } as const
    loadNames(registry, [name], present(registry))
    const session = loggedIn(registry)
    ask(session, createXml('kawa.pl'))
    clock.ms = NOON + 1000
    present(registry)
    queueMessage(registry, 'droplock', NOON, 'Maintenance <soon> & "late"')
    for (const xml of [pollXml, infoXml('kawa.pl')]) expect(complaint(ask(session, xml))).toBeUndefined()
    registry.accounts.get('droplock')?.messages.shift()
    expect(complaint(ask(session, pollXml))).toBeUndefined()
  })

  test('what rivals send is valid', () => {
    const credentials = { clid: 'rival-a', password: 'sim-secret-a' }
    for (const hasProducts of [false, true]) {
      expect(complaint(writeLogin(credentials, hasProducts))).toBeUndefined()
      expect(complaint(writeCreate('kawa.com', 'rival-a-1', hasProducts))).toBeUndefined()
    }
  })

  test('the check itself notices a wrong frame', () => {
    const [exchange] = exchanges
    const broken = exchange
      ? play(exchange).replace('<svID>', '<svName>').replace('</svID>', '</svName>')
      : ''
    expect(complaint(broken)).toContain('svName')
  })
})
