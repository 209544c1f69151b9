import type { Database, Environment } from '../../environment/environment.ts'
import { startMarketplaceWithFixture } from '../../marketplace/start-marketplace.ts'
import { addMailStates } from './mails.ts'
import { addMembers } from './members.ts'
import { addUnpaidOrders } from './orders.ts'

/** The marketplace as the pictures show it: the fixture, its people, their mails, and orders that nobody has paid. */
export async function startPictured(database?: Database): Promise<Environment> {
  const environment = await startMarketplaceWithFixture(database)
  try {
    await addMembers(environment)
    await addMailStates(environment)
    await addUnpaidOrders(environment)
    return environment
  } catch (error) {
    await environment[Symbol.asyncDispose]()
    throw error
  }
}
