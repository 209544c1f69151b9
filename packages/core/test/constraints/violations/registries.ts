import { sql } from 'kysely'
import type { ConstraintName } from '../../../src/database/tables.gen.ts'
import type { Violation } from '../fixture.ts'

type Limit = readonly [constraint: ConstraintName, column: string, value: number, guarantee: string]

/** Settings of operators in which a typing error must be refused. */
function limits(table: string, rows: readonly Limit[]): readonly Violation[] {
  return rows.map(([constraint, column, value, guarantee]) => ({
    table,
    constraint,
    guarantee,
    violate: ({ tx }) => sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value}`.execute(tx),
  }))
}

type Text = readonly [
  table: string,
  constraint: ConstraintName,
  column: string,
  value: string,
  guarantee: string,
]

function texts(rows: readonly Text[]): readonly Violation[] {
  return rows.map(([table, constraint, column, value, guarantee]) => ({
    table,
    constraint,
    guarantee,
    violate: ({ tx }) =>
      sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.lit(value)}`.execute(tx),
  }))
}

export const registryViolations: readonly Violation[] = [
  {
    table: 'registry_account',
    constraint: 'failures_reserved_not_negative',
    guarantee: 'what is reserved of a budget of failed creates is not negative',
    violate: ({ tx }) =>
      sql`update registry_account set failures_reserved = -1, failures_reserved_at = clock_timestamp()`.execute(
        tx,
      ),
  },
  ...limits('registry', [['registry_version_positive', 'version', 0, 'versions of a registry begin with 1']]),
  ...limits('registry_account', [
    ['sessions_max_positive', 'sessions_max', 0, 'a registry account allows at least one session'],
    [
      'commands_per_second_positive',
      'commands_per_second_max',
      0,
      'a registry account allows some commands a second',
    ],
    ['name_gap_not_negative', 'name_gap_ms', -1, 'the gap between creates of one name is not negative'],
    [
      'failed_creates_per_day_positive',
      'failed_creates_per_day_max',
      0,
      'a daily budget of failed creates is not empty',
    ],
    ['failures_reserved_dated', 'failures_reserved', 1, 'what is reserved of it has a time'],
    ['idle_seconds_positive', 'idle_seconds_max', 0, 'a session may be idle for some time'],
    ['commands_per_minute_positive', 'commands_per_minute_max', 0, 'some commands a minute are allowed'],
    ['session_life_positive', 'session_life_seconds_max', 0, 'a session lives for some time'],
    [
      'session_commands_suffice',
      'session_commands_max',
      2,
      'a session has room for a login, a command and a logout',
    ],
    [
      'session_gap_not_negative',
      'session_gap_ms',
      -1,
      'the gap between commands of a session is not negative',
    ],
    ['login_pause_not_negative', 'login_pause_ms', -1, 'the pause after a login is not negative'],
    ['error_pause_not_negative', 'error_pause_ms', -1, 'the pause after an error is not negative'],
    ['transit_positive', 'transit_ms_max', 0, 'a command takes some time to arrive'],
    ['commands_in_flight_positive', 'commands_in_flight_max', 0, 'a session has a command in flight'],
  ]),
  ...limits('registry_host', [
    ['host_position_not_negative', 'position', -1, 'the hosts of an account have an order'],
    ['host_port_is_one', 'port', 0, 'a host answers at a port'],
  ]),
  ...texts([
    ['zone', 'zone_release_known', 'release', 'sometimes', 'a zone releases names in a known way'],
    ['registry', 'profile_is_known', 'profile', 'exact', 'a registry is driven by a profile that there is'],
    [
      'registry_account',
      'source_address_is_one',
      'source_address',
      '10.0.0.0/8',
      'we connect from one address',
    ],
    ['registry_account', 'client_certificate_is_named', 'client_certificate', '', 'a certificate has a name'],
    ['registry_host', 'host_phase_is_known', 'phase', 'night', 'a host is for every day or for the drop'],
    ['registry_host', 'host_is_named', 'host', '', 'a host has a name or an address'],
    ['registry_host', 'server_name_is_named', 'server_name', '', 'the name in a certificate is one'],
  ]),
  {
    table: 'registry_host',
    constraint: 'registry_host_pkey',
    guarantee: 'the hosts of an account have one order',
    violate: ({ tx }) => sql`insert into registry_host select * from registry_host`.execute(tx),
  },
  ...limits('zone', [
    ['standard_fee_not_negative', 'standard_fee_minor', -1, 'a standard fee is not negative'],
    ['phase_fee_not_negative', 'phase_fee_minor', -1, 'a phase fee is not negative'],
    ['cutoff_lead_not_negative', 'cutoff_lead_seconds', -1, 'orders close before the drop, not after'],
    ['drop_lasts_positive', 'drop_lasts_seconds', 0, 'a daily drop lasts some time'],
    ['early_not_negative', 'early_seconds', -1, 'a purge comes no less early than at its instant'],
    ['late_not_negative', 'late_seconds', -1, 'a purge comes no less late than at its instant'],
    ['grace_not_negative', 'grace_seconds', -1, 'a window ends before its grace does'],
    ['grace_full_not_negative', 'grace_full_seconds', -1, 'the fast part of a grace begins with it'],
    ['grace_probe_positive', 'grace_probe_seconds', 0, 'there is time between two probes of a name'],
    ['grace_share_is_a_share', 'grace_share_percent', 0, 'probes have a share of the limits'],
    ['drift_earlier_not_negative', 'drift_earlier_seconds_max', -1, 'submissions follow earlier drops'],
    ['drift_later_not_negative', 'drift_later_seconds_max', -1, 'submissions follow later drops'],
  ]),
  {
    table: 'zone',
    constraint: 'zone_policy_version_positive',
    guarantee: 'versions of a policy count from 1',
    violate: ({ tx }) => sql`update zone set policy_version = 0`.execute(tx),
  },
  {
    table: 'zone',
    constraint: 'rdap_url_is_http',
    guarantee: 'the RDAP address is a web address',
    backstops: [['zone', 'rdap_url_names_host']],
    violate: ({ tx }) => sql`update zone set rdap_url = 'ftp://rdap.test'`.execute(tx),
  },
  {
    table: 'registry_account',
    constraint: 'one_account_per_clid',
    guarantee: 'a client id is of one of our accounts, so that it says which of them holds a name',
    violate: ({ tx }) =>
      sql`insert into registry_account (id, registry_id, clid) select 'second', registry_id, clid from registry_account`.execute(
        tx,
      ),
  },
  {
    table: 'registry_account',
    constraint: 'lease_is_whole',
    guarantee: 'a lease has an owner and an end, or neither',
    violate: ({ tx, ctx }) => sql`update registry_account set lease_owner = ${ctx.newId()}`.execute(tx),
  },
  {
    table: 'registry_message',
    constraint: 'one_row_per_registry_message',
    guarantee: 'a message of a registry is recorded once, however often it is read',
    violate: ({ tx }) =>
      sql`insert into registry_message (registry_account_id, message_id, received_at, text, evidence)
        select id, '1', now(), 'a text', '<epp/>' from registry_account, generate_series(1, 2)`.execute(tx),
  },
  {
    table: 'currency',
    constraint: 'currency_is_iso_4217',
    guarantee: 'a currency is three capital letters',
    violate: ({ tx }) =>
      sql`insert into price_amount (id, rule_id, currency, amount_minor, starts_at)
        select gen_random_uuid(), rule_id, 'usd', amount_minor, now() from price_amount`.execute(tx),
  },
  {
    table: 'api_key',
    constraint: 'api_key_version_positive',
    guarantee: 'versions of an API key are counted from 1',
    violate: ({ tx, ctx, buyer }) =>
      tx
        .insertInto('api_key')
        .values({
          id: ctx.newId(),
          account_id: buyer.actor.accountId,
          label: 'x',
          scopes: [],
          key_sha256: Buffer.alloc(32),
          version: 0,
        })
        .execute(),
  },
  {
    table: 'api_key',
    constraint: 'allowed_addresses_are_networks',
    guarantee: 'a key is accepted from networks, and from one at least',
    violate: ({ tx, ctx, buyer }) =>
      tx
        .insertInto('api_key')
        .values({
          id: ctx.newId(),
          account_id: buyer.actor.accountId,
          label: 'x',
          scopes: [],
          key_sha256: Buffer.alloc(32),
          allowed_addresses: ['192.0.2.7/24'],
        })
        .execute(),
  },
  {
    table: 'api_key',
    constraint: 'one_replacement_per_key',
    guarantee: 'a key is rotated once',
    violate: async ({ tx, ctx, buyer }) => {
      const account_id = buyer.actor.accountId
      const key = (octet: number, replaces: string | null) => {
        const id = ctx.newId()
        return { id, account_id, replaces, label: 'x', scopes: [], key_sha256: Buffer.alloc(32, octet) }
      }
      const first = key(1, null)
      await tx
        .insertInto('api_key')
        .values([first, key(2, first.id), key(3, first.id)])
        .execute()
    },
  },
  {
    table: 'api_key',
    constraint: 'api_key_unique',
    guarantee: 'an API key belongs to one account',
    violate: ({ tx, ctx, buyer }) =>
      tx
        .insertInto('api_key')
        .values(
          [1, 2].map(() => ({
            id: ctx.newId(),
            account_id: buyer.actor.accountId,
            key_sha256: Buffer.from('the same'),
            label: 'a key',
            scopes: [],
          })),
        )
        .execute(),
  },
  {
    table: 'registry',
    constraint: 'suspected_percent_is_one',
    guarantee: 'the share of names that may become suspect is a percentage',
    violate: ({ tx }) => sql`update registry set suspected_percent_max = 101`.execute(tx),
  },
  {
    table: 'registry',
    constraint: 'moved_percent_is_one',
    guarantee: 'the share of names that may move is a percentage',
    violate: ({ tx }) => sql`update registry set moved_percent_max = 101`.execute(tx),
  },
  {
    table: 'registry',
    constraint: 'rows_percent_is_one',
    guarantee: 'the share of the usual rows is a percentage',
    violate: ({ tx }) => sql`update registry set rows_percent_min = 101`.execute(tx),
  },
  {
    table: 'registry',
    constraint: 'rejects_percent_is_one',
    guarantee: 'the share of rows that cannot be read is a percentage',
    violate: ({ tx }) => sql`update registry set rejects_percent_max = 101`.execute(tx),
  },
]
