import { Anchor, CloseButton, Paper, Text } from '@mantine/core'
import { toUnicode } from 'punycode.js'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { useHref } from '../../viewing.tsx'
import type { Notice } from './notices.ts'

/** What has just changed, in a corner where it moves nothing, and said by screen readers. */
export function Notices({ notices, onClose }: { notices: readonly Notice[]; onClose: (id: string) => void }) {
  const t = useTranslations('orders')
  return (
    <div className="notices" role="log" aria-label={t('notices.title')} aria-live="polite">
      {notices.map((notice) => (
        <Paper key={notice.id} withBorder shadow="md" p="sm" className="notice">
          <NoticeText notice={notice} />
          <CloseButton size="sm" aria-label={t('notices.close')} onClick={() => onClose(notice.id)} />
        </Paper>
      ))}
    </div>
  )
}

function NoticeText({ notice }: { notice: Notice }) {
  const t = useTranslations('orders.notices')
  const href = useHref()
  if (notice.kind === 'many')
    return (
      <Text size="sm">
        {t('many')} {notice.counts.map(([text, count]) => t(`counted.${text}`, { count })).join(' · ')}
      </Text>
    )
  const { name, text, orderId } = notice
  return (
    <Text size="sm">
      {orderId === undefined ? (
        <b>{toUnicode(name)}</b>
      ) : (
        <Anchor component={Link} href={href(`/orders/${orderId}`)} fw={600} inherit>
          {toUnicode(name)}
        </Anchor>
      )}
      {': '}
      {t(`one.${text}`)}
    </Text>
  )
}
