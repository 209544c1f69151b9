import { type Database, type Environment, filled } from '../../environment/environment.ts'
import { startMarketplaceWithFixture } from '../../marketplace/start-marketplace.ts'
import { addAccountStates } from './account.ts'
import { addMailStates } from './mails.ts'
import { addMembers } from './members.ts'
import { addUnpaidOrders } from './orders.ts'

/** The marketplace as the pictures show it: the fixture, its people, their mails, and orders that nobody has paid. */
export function startPictured(database?: Database): Promise<Environment> {
  return filled(startMarketplaceWithFixture(database), async (environment) => {
    await addMembers(environment)
    await addMailStates(environment)
    await addUnpaidOrders(environment)
    await addAccountStates(environment)
  })
}
