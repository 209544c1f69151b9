import { registrarSuite } from '@droplock/epp/conformance/registrar-suite'
import { connectRegistrar } from '@droplock/epp/connect'
import { test } from 'vitest'
import * as say from './support/answers.ts'
import { configFor } from './support/pool.ts'
import { type Command, type Peer, type Script, startRegistry } from './support/registry.ts'

/** Just enough of a registry: who holds which name. */
function bookkeeper(): { script: Script; held: Map<string, string>; loseNext(): void } {
  const held = new Map<string, string>()
  let losing = false
  const create = ({ name, clTRID }: Command, peer: Peer) => {
    if (held.has(name)) return peer.reply(say.result(2302, clTRID))
    held.set(name, 'droplock')
    if (losing) return peer.reset()
    peer.reply(say.created(name, clTRID))
  }
  const script: Script = (command, peer) => {
    const { verb, name, clTRID } = command
    if (verb === 'create') create(command, peer)
    else if (verb === 'info' && !held.has(name)) peer.reply(say.result(2303, clTRID))
    else if (verb === 'info' && held.get(name) === 'droplock') peer.reply(say.info(name, clTRID, 'droplock'))
    else if (verb === 'check') peer.reply(say.checked(namesOf(command.xml), clTRID, (one) => !held.has(one)))
    else return undefined
    return 'handled'
  }
  return { script, held, loseNext: () => void (losing = true) }
}

function namesOf(xml: string): string[] {
  return [...xml.matchAll(/:name>([^<]*)</gu)].map(([, name = '']) => name)
}

registrarSuite({ test }, async () => {
  const book = bookkeeper()
  const registry = await startRegistry(book.script)
  const registrar = await connectRegistrar(configFor(registry, { limits: { sessionsMax: 3 } }))
  const named = (name: string) => {
    book.held.set(name, 'other')
    return Promise.resolve(name)
  }
  return {
    registrar,
    clID: 'droplock',
    freeName: () => Promise.resolve('free.pl'),
    heldName: () => named('held.pl'),
    droppingName: () => named('dropping.pl'),
    loseNextCreateAnswer: () => Promise.resolve(book.loseNext()),
    stop: () => registry.stop(),
  }
})
