import { columns } from './columns.ts'
import { addAndForget, forget, type RightsOf, read, readAndAdd, type Table } from './right.ts'

const written = { ...addAndForget, update: true } as const

/** The rights of what `rights` has of people of accounts and their sessions. */
export const memberRights = {
  member: {
    marketplace: { ...readAndAdd, update: true },
    // Of people who never confirmed their address, and where mails go.
    worker: {
      ...forget,
      select: columns('id email name email_verified language account_id created_at erased_at'),
      lock: 'id',
    },
  },
  member_mail: {
    marketplace: {
      select: columns('id member_id state kinds unsubscribe_key decided_at'),
      update: columns('state due_at decided_at attempts'),
    },
    worker: {
      ...addAndForget,
      update: columns('state due_at closed_at attempts taken_by kinds decided_at answer'),
    },
  },
  member_mail_bounce: {
    marketplace: { ...read, ...forget },
    worker: { ...readAndAdd, update: columns('email at answer') },
  },
  member_mail_event: { worker: readAndAdd },
  member_mail_feed: { worker: { ...read, update: columns('planned_position') } },
  member_mail_off: { marketplace: addAndForget, worker: read },
  account_notice: { marketplace: read, worker: { ...addAndForget, lock: 'id' } },
  member_notice_seen: { marketplace: addAndForget },
  member_session: {
    marketplace: written,
    worker: { ...forget, select: columns('id expires_at'), lock: 'id' },
  },
  member_credential: { marketplace: written },
  member_verification: {
    marketplace: written,
    worker: { ...forget, select: columns('id expires_at'), lock: 'id' },
  },
  member_request_count: {
    marketplace: written,
    worker: { ...forget, select: columns('id last_request'), lock: 'id' },
  },
  member_invitation: {
    marketplace: addAndForget,
    worker: { ...forget, select: columns('id expires_at'), lock: 'id' },
  },
  visitor_account: { marketplace: readAndAdd, console_api: read },
} as const satisfies { readonly [Name in Table]?: RightsOf<Name> }
