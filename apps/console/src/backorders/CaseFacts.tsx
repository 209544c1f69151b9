import type { BackorderDetail } from '../api/types.ts'
import { listLink, recordLink } from '../format/links.ts'
import { words } from '../format/words.ts'
import { AppLink } from '../parts/AppLink.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Section } from '../parts/Section.tsx'
import { TimeText, WindowText } from '../parts/TimeText.tsx'
import { useMay } from '../parts/use-me.ts'

type Basis = NonNullable<NonNullable<BackorderDetail['target']>['decided_basis']>

/** What showed how it ended. */
const basisWords = {
  create: 'Answer to our create',
  info: 'Info of the registry',
  fee_check: 'Fee check',
  rdap: 'RDAP',
  presumed: 'Presumed: registered, and not by us',
} as const satisfies Record<Basis, string>

export function CaseFacts({ backorder }: { backorder: BackorderDetail }) {
  const mayOpen = useMay('money:read')
  const { target, account_id, account_name, listing_id, settled_at } = backorder
  return (
    <Section title="The order">
      <Facts
        narrow
        facts={[
          [
            'Customer',
            <AppLink
              key="customer"
              to={mayOpen ? recordLink('accounts', account_id) : listLink('backorders', { account_id })}
            >
              {account_name}
            </AppLink>,
          ],
          ["Customer's reference", backorder.reference],
          ['Window', <WindowText key="window" from={backorder.drop_from} to={backorder.drop_to} />],
          ['Orders close', <TimeText key="cutoff" at={backorder.cutoff_at} />],
          [
            'Schedule',
            <AppLink key="schedule" to={recordLink('listings', listing_id)}>
              Open
            </AppLink>,
          ],
          ['Registered', settled_at && <TimeText key="settled" at={settled_at} precision="seconds" />],
          ['Catch', target && `${words(target.state)} at ${target.registry_id}`],
          ['EPP code', target?.decided_code],
          ['Shown by', target?.decided_basis && basisWords[target.decided_basis]],
          ['Registrar now', target?.holder_clid],
          ['Registrar before', target?.prior_clid],
        ]}
      />
    </Section>
  )
}
