import { columns } from './columns.ts'
import { addAndForget, forget, type RightsOf, readAndAdd, type Table } from './right.ts'

/** The rights of what `rights` has of people, their sessions, devices and second factors. */
export const staffRights = {
  staff_account: {
    console_api: {
      ...readAndAdd,
      update: columns(
        'name roles version password_hash signed_in_at disabled_at identity_issuer identity_subject',
      ),
    },
  },
  staff_challenge: { console_api: { ...addAndForget, lock: 'token_sha256' } },
  staff_device: {
    console_api: { ...readAndAdd, update: columns('failures used_at expires_at'), delete: true },
    worker: { ...forget, select: columns('id expires_at'), lock: 'id' },
  },
  staff_link: { console_api: addAndForget },
  staff_session: {
    console_api: {
      ...readAndAdd,
      update: columns('seen_at idle_expires_at ended_at proven_at second_factor'),
    },
    worker: { ...forget, select: columns('id ended_at idle_expires_at'), lock: 'id' },
  },
  staff_recovery_code: { console_api: { ...addAndForget, update: columns('used_at') } },
  staff_totp: { console_api: { ...addAndForget, update: columns('confirmed_at used_step secret key_id') } },
} as const satisfies { readonly [Name in Table]?: RightsOf<Name> }
