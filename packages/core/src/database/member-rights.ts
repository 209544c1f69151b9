import { columns } from './columns.ts'
import { addAndForget, forget, type RightsOf, read, readAndAdd, type Table } from './right.ts'

const written = { ...addAndForget, update: true } as const

/** The rights of what `rights` has of people of accounts and their sessions. */
export const memberRights = {
  member: { marketplace: { ...readAndAdd, update: true } },
  member_session: {
    marketplace: written,
    worker: { ...forget, select: columns('id expires_at'), lock: 'id' },
  },
  member_credential: { marketplace: written },
  member_verification: {
    marketplace: written,
    worker: { ...forget, select: columns('id expires_at'), lock: 'id' },
  },
  member_request_count: { marketplace: written },
  member_invitation: { marketplace: addAndForget },
  visitor_account: { marketplace: readAndAdd, console_api: read },
} as const satisfies { readonly [Name in Table]?: RightsOf<Name> }
