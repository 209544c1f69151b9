import { backorderMachine } from '@droplock/rules/machines/backorder'
import { bankTransferMachine } from '@droplock/rules/machines/bank-transfer'
import { catchTargetMachine } from '@droplock/rules/machines/catch-target'
import { connectionTestMachine } from '@droplock/rules/machines/connection-test'
import { deliveryMachine } from '@droplock/rules/machines/delivery'
import { evidenceMachine } from '@droplock/rules/machines/dispute-evidence'
import { listingMachine } from '@droplock/rules/machines/listing'
import type { Machine } from '@droplock/rules/machines/machine'
import { memberMailMachine } from '@droplock/rules/machines/member-mail'
import { passwordChangeMachine } from '@droplock/rules/machines/password-change'
import { paymentMachine } from '@droplock/rules/machines/payment'
import { proposalMachine } from '@droplock/rules/machines/proposal'
import { refundMachine } from '@droplock/rules/machines/refund'
import { registrationRequestMachine } from '@droplock/rules/machines/registration-request'
import { registryContactMachine } from '@droplock/rules/machines/registry-contact'
import { registryRequestMachine } from '@droplock/rules/machines/registry-request'
import { renewalMachine } from '@droplock/rules/machines/renewal'
import { scheduleChangeMachine } from '@droplock/rules/machines/schedule-change'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { targetTryMachine } from '@droplock/rules/machines/target-try'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** The machine of each table with states. */
const machines: Readonly<Record<string, Machine<string, string>>> = {
  backorder: backorderMachine,
  bank_transfer: bankTransferMachine,
  catch_target: catchTargetMachine,
  dispute_evidence: evidenceMachine,
  connection_test: connectionTestMachine,
  event_delivery: deliveryMachine,
  listing: listingMachine,
  member_mail: memberMailMachine,
  password_change: passwordChangeMachine,
  payment: paymentMachine,
  proposal: proposalMachine,
  refund: refundMachine,
  registration_request: registrationRequestMachine,
  registry_contact: registryContactMachine,
  registry_request: registryRequestMachine,
  renewal: renewalMachine,
  schedule_change: scheduleChangeMachine,
  sync_run: syncRunMachine,
  target_try: targetTryMachine,
}

/** In a separate schema, so that it is not part of the schema dump. */
const FUNCTION = `
  create schema watching;
  create function watching.follow_machine() returns trigger language plpgsql as $$
  declare
    before text := case when TG_OP = 'UPDATE' then to_jsonb(old) ->> 'state' end;
    after text := to_jsonb(new) ->> 'state';
  begin
    if before is distinct from after and not (TG_ARGV[0]::jsonb -> coalesce(before, '')) ? after then
      raise exception 'the machine of % has no arrow from % to %', TG_TABLE_NAME, coalesce(before, '[*]'), after
        using errcode = 'check_violation', constraint = TG_TABLE_NAME || '_follows_its_machine';
    end if;
    return new;
  end $$;`

/** The part of a connection that is needed. */
type WatchedClient = {
  readonly query: (text: string) => Promise<unknown>
  readonly escapeLiteral: (text: string) => string
}

/**
 * Makes a test database refuse every change of state that its machine does not have, also the first state of a row. So every test
 * that writes states shows that code, machine and diagram agree.
 */
export async function watchMachines(client: WatchedClient): Promise<void> {
  await client.query(FUNCTION)
  for (const [table, machine] of Object.entries(machines)) {
    await client.query(
      `create trigger follows_its_machine before insert or update of state on ${table}
        for each row execute function watching.follow_machine(${client.escapeLiteral(JSON.stringify(arrowsOf(machine)))})`,
    )
  }
}

/** For a test that writes states directly, without the use cases: its clone or transaction accepts any state. */
export async function unwatchMachines(db: Kysely<Database>): Promise<void> {
  await sql`drop schema if exists watching cascade`.execute(db)
}

function arrowsOf({ initial, transitions }: Machine<string, string>) {
  const arrows = Object.entries(transitions).map(([state, row]) => [state, Object.values(row)] as const)
  return Object.fromEntries<readonly unknown[]>([['', initial], ...arrows])
}
