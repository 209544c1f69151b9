import { Anchor, Group, Skeleton, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { toUnicode } from 'punycode.js'
import { Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { useApi } from '../api.ts'
import { laterWith } from '../later.tsx'
import { Problem } from '../parts/Problem.tsx'
import { NameText } from '../parts/texts.tsx'
import { usePageTitle } from '../parts/use-page-title.ts'
import { useHref } from '../viewing.tsx'
import { CaseState } from './CaseState.tsx'
import { CaseTimeline } from './CaseTimeline.tsx'
import { Evidence } from './Evidence.tsx'
import { InvoiceSection } from './InvoiceSection.tsx'
import { usePolling } from './live/LiveOrders.tsx'
import { LiveState } from './live/LiveState.tsx'
import { MoneySection } from './MoneySection.tsx'
import { OrderFacts } from './OrderFacts.tsx'
import { Panel } from './Panel.tsx'
import { caseQuery } from './queries.ts'
import { StateBadge } from './StateBadge.tsx'

/** Of names that were registered; it has forms of its own. */
const RegistrationSection = laterWith(
  ['order'],
  async () => (await import('./registration/RegistrationSection.tsx')).RegistrationSection,
)

/** Commands are sent, and there is no event for each. Milliseconds. */
const DURING_DROP_MS = 5_000

/** The case of one order: its state in words, the registration that came of it, what happened, the money, and the evidence. */
export function CasePage({ id }: { id: string }) {
  const t = useTranslations('orders')
  const href = useHref()
  const polling = usePolling()
  const { data, error, refetch } = useQuery({
    ...caseQuery(useApi(), id),
    refetchInterval: ({ state }) => (state.data?.order.state === 'registering' ? DURING_DROP_MS : polling),
  })
  usePageTitle(data && toUnicode(data.order.name))
  if (data === undefined)
    return error === null ? <CaseSkeleton /> : <Problem error={error} onAgain={() => void refetch()} />
  const { order, timeline, refunds } = data
  return (
    <Stack gap="lg" className="case">
      <div>
        <Group justify="space-between">
          <Anchor component={Link} href={href('/orders')} size="sm">
            ‹ {t('title')}
          </Anchor>
          <LiveState />
        </Group>
        <Group gap="xs" mt={4} align="baseline" className="case-head">
          <Title order={1}>
            <NameText name={order.name} />
          </Title>
          <StateBadge state={order.state} />
        </Group>
      </div>
      <CaseState order={order} refunds={refunds} />
      <div className="case-columns">
        <Stack gap="lg" className="case-main">
          {order.state === 'successful' ? (
            <Suspense fallback={<Skeleton height={300} />}>
              <RegistrationSection order={order} />
            </Suspense>
          ) : null}
          <Panel>
            <CaseTimeline order={order} entries={timeline} refunds={refunds} />
          </Panel>
        </Stack>
        <Stack gap="lg" className="case-side">
          <Panel>
            <MoneySection order={order} refunds={refunds} />
          </Panel>
          {order.state === 'successful' ? (
            <Panel>
              <InvoiceSection of={{ backorder_id: order.id }} />
            </Panel>
          ) : null}
          <Panel>
            <OrderFacts order={order} />
          </Panel>
        </Stack>
        {order.attempts.length === 0 && order.outcome === undefined ? null : (
          <div className="case-evidence" id="evidence">
            <Panel>
              <Evidence order={order} />
            </Panel>
          </div>
        )}
      </div>
    </Stack>
  )
}

function CaseSkeleton() {
  return (
    <Stack gap="lg" aria-busy="true">
      <Skeleton height={64} width={320} />
      <Skeleton height={110} />
      <div className="case-columns">
        <Skeleton height={360} />
        <Skeleton height={360} />
      </div>
    </Stack>
  )
}
