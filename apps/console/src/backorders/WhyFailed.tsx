import type { BackorderDetail } from '../api/types.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { Section } from '../parts/Page.tsx'
import { TimeText } from '../parts/texts.tsx'

type Target = NonNullable<BackorderDetail['target']>
type Reason = NonNullable<BackorderDetail['failure_reason']>

/** What each reason means, for whoever explains it to a customer. */
const reasonTexts: Readonly<Record<Reason, string>> = {
  lost: 'Another registrar registered the name first.',
  missed: 'The name was not released, or no create could register it in its window.',
  premium: 'The registry asks for a premium price, which the order did not cover.',
  withdrawn: 'The name was restored, renewed or withdrawn: it did not drop.',
  refused: 'The registry refused to register the name.',
}

/** Why a backorder failed, and by how much. */
export function WhyFailed({ backorder: { failure_reason, target } }: { backorder: BackorderDetail }) {
  if (failure_reason === undefined) return null
  return (
    <Section title={`Why it failed: ${words(failure_reason).toLowerCase()}`}>
      <Facts
        narrow
        facts={[
          ['What happened', reasonTexts[failure_reason]],
          ...(target === undefined ? [] : marginOf(target)),
        ]}
      />
    </Section>
  )
}

function marginOf(target: Target): Parameters<typeof Facts>[0]['facts'] {
  const { holder_clid, winner_created_at, lost_by, last_before, first_after, decided_by, decided_code } =
    target
  return [
    ['Registered by', holder_clid],
    [
      'Registered at',
      winner_created_at && <TimeText key="at" at={winner_created_at} precision="milliseconds" />,
    ],
    ['Behind by', lost_by && <strong key="by">{spanText(lost_by)}</strong>],
    ['Our last create before', last_before && <Near key="before" create={last_before} side="before" />],
    ['Our first create after', first_after && <Near key="after" create={first_after} side="after" />],
    [
      'Decided by',
      decided_by && `${decided_by}${decided_code === undefined ? '' : `, EPP code ${decided_code}`}`,
    ],
  ]
}

function spanText({ min_ms, max_ms }: NonNullable<Target['lost_by']>): string {
  return min_ms === max_ms ? `${min_ms} ms` : `${min_ms} to ${max_ms} ms`
}

function Near({ create, side }: { create: NonNullable<Target['first_after']>; side: 'before' | 'after' }) {
  return (
    <>
      {create.ms} ms {side}, {create.registry_account_id}
      {create.code === undefined ? ', no answer' : `, EPP code ${create.code}`}
      <div>
        <TimeText at={create.at} precision="milliseconds" />
      </div>
    </>
  )
}
