import { type PreparedCreate, prepareCreate } from '@droplock/epp/commands/domain'
import type { Target } from '../plan/target.ts'
import type { Follower, TargetStore } from '../targets/store.ts'

/** What a create is encoded from; a change of either makes another one. */
type Terms = Pick<Target, 'contacts' | 'fee'>

/** The creates of one registry account, encoded but for their clTRID when firing begins, and kept until the name is decided. */
export class PreparedCreates implements Follower {
  readonly #newAuthInfo: () => string
  readonly #known = new Map<string, { readonly terms: Terms; readonly create: PreparedCreate }>()

  constructor(store: Pick<TargetStore, 'follow'>, newAuthInfo: () => string) {
    this.#newAuthInfo = newAuthInfo
    store.follow(this)
  }

  put(target: Target): void {
    if (target.phase === 'firing' && target.contacts.kind === 'complete') this.of(target)
  }

  remove(id: string): void {
    this.#known.delete(id)
  }

  /**
   * The create of a name, with the standard fee as its cap if the zone can have premium names (rule 3), and with the contacts that the
   * zone needs. When a contact is missing the plan sends no create.
   */
  of({ id, name, contacts, fee }: Target): PreparedCreate {
    const known = this.#known.get(id)
    if (known?.terms.contacts === contacts && known.terms.fee === fee) return known.create
    const carried = contacts.kind === 'complete' ? contacts.carried : {}
    const order = { name, years: 1, authInfo: this.#newAuthInfo(), ...carried } as const
    const create = prepareCreate(fee === null ? order : { ...order, feeCap: fee.agreed })
    this.#known.set(id, { terms: { contacts, fee }, create })
    return create
  }
}
