import { objectsSuite } from '@droplock/epp/conformance/objects-suite'
import { registrarSuite } from '@droplock/epp/conformance/registrar-suite'
import { connectRegistrar } from '@droplock/epp/connect'
import { test } from 'vitest'
import { ObjectRegistry } from './support/object-registry.ts'
import { configFor } from './support/pool.ts'
import { startRegistry } from './support/registry.ts'

async function open() {
  const book = new ObjectRegistry()
  const registry = await startRegistry(book.script)
  registry.greet = book.greet
  const registrar = await connectRegistrar(configFor(registry, { limits: { sessionsMax: 3 } }))
  let made = 0
  const fresh = () => `n${(made += 1)}`
  const held = (name: string) => {
    book.hold(name)
    return Promise.resolve(name)
  }
  return {
    registrar,
    clID: 'droplock',
    freeName: () => Promise.resolve(`${fresh()}.pl`),
    heldName: () => held('held.pl'),
    droppingName: () => held('dropping.pl'),
    freeContact: () => Promise.resolve(fresh()),
    freeHost: () => Promise.resolve(`ns.${fresh()}.example`),
    premiumName: () => {
      book.price('premium.pl')
      return Promise.resolve('premium.pl')
    },
    queueMessage: () => Promise.resolve(book.queueMessage()),
    loseNextCreateAnswer: () => Promise.resolve(book.loseNext()),
    stop: () => registry.stop(),
  }
}

registrarSuite({ test }, open)
objectsSuite({ test }, open)
