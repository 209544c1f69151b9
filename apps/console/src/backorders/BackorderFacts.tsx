import type { BackorderDetail } from '../api/types.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { useMay } from '../parts/hooks.ts'
import { AppLink, listLink, recordLink } from '../parts/links.tsx'
import { Section } from '../parts/Page.tsx'
import { TimeText, WindowText } from '../parts/texts.tsx'

type Basis = NonNullable<NonNullable<BackorderDetail['target']>['decided_basis']>

/** The evidence of the result. */
const basisWords = {
  create: 'Create response',
  info: 'Info response',
  fee_check: 'Fee check',
  rdap: 'RDAP',
  presumed: 'Presumed: registered by another registrar',
} as const satisfies Record<Basis, string>

export function BackorderFacts({ backorder }: { backorder: BackorderDetail }) {
  const mayOpen = useMay('money:read')
  const { target, account_id, account_name, listing_id, settled_at, contacts } = backorder
  return (
    <Section title="Details">
      <Facts
        narrow
        facts={[
          [
            'Account',
            <AppLink
              key="account"
              to={mayOpen ? recordLink('accounts', account_id) : listLink('backorders', { account_id })}
            >
              {account_name}
            </AppLink>,
          ],
          ['Reference', backorder.reference],
          ...Object.entries(backorder.metadata ?? {}).map(([key, value]) => [`“${key}”`, value] as const),
          ...(contacts ?? []).map(
            ({ role, version, state, message }) =>
              [
                `Contact (${role})`,
                `Version ${version}, ${words(state).toLowerCase()}${message === undefined ? '' : `: ${message}`}`,
              ] as const,
          ),
          ['Drop window', <WindowText key="window" from={backorder.drop_from} to={backorder.drop_to} />],
          ['Orders close', <TimeText key="cutoff" at={backorder.cutoff_at} />],
          [
            'Schedule',
            <AppLink key="schedule" to={recordLink('listings', listing_id)}>
              View schedule
            </AppLink>,
          ],
          ['Registered', settled_at && <TimeText key="settled" at={settled_at} precision="seconds" />],
          ['Catch target', target && `${words(target.state)} at ${target.registry_id}`],
          ['EPP code', target?.decided_code],
          ['Evidence', target?.decided_basis && basisWords[target.decided_basis]],
          ['Current registrar', target?.holder_clid],
          ['Lost by', target?.lost_by && `${target.lost_by.min_ms} to ${target.lost_by.max_ms} ms`],
          [
            'Creates',
            target?.creates !== undefined &&
              `${target.creates}, of which ${target.wasted_creates ?? 0} wasted`,
          ],
          ['Previous registrar', target?.prior_clid],
        ]}
      />
    </Section>
  )
}
