import type { MailKind } from '@droplock/rules/event-mails/kinds'
import { Anchor, Button, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Link, useSearch } from 'wouter'
import { codeOf } from '../api.ts'
import { Narrow } from '../members/Narrow.tsx'
import { askOwn } from '../own.ts'
import { Problem } from '../parts/Problem.tsx'
import { useChange } from '../parts/use-change.ts'
import { useHref } from '../viewing.tsx'

type Kinds = { readonly kinds: readonly MailKind[] }

/** Where the link in a mail leads that switches off what it was about. Nothing is switched off before its reader says so. */
export function MailsOffPage() {
  const t = useTranslations('mails')
  const href = useHref()
  const query = new URLSearchParams({ key: new URLSearchParams(useSearch()).get('key') ?? '' })
  const { data, error } = useQuery({
    queryKey: ['mails-off', query.toString()],
    queryFn: () => askOwn<Kinds>('GET', `/mails/kinds?${query}`),
  })
  const off = useChange({ change: () => askOwn<Kinds>('POST', `/mails/off?${query}`), changes: ['mails'] })
  const toChoices = (
    <Anchor component={Link} href={href('/account/mails')}>
      {t('off.toChoices')}
    </Anchor>
  )
  if (off.isSuccess)
    return (
      <Narrow title={t('off.doneTitle')} replaces>
        <Text>{t('off.done')}</Text>
        {toChoices}
      </Narrow>
    )
  if (error !== null && codeOf(error) === 'not_found')
    return (
      <Narrow title={t('off.oldTitle')}>
        <Text>{t('off.old')}</Text>
        {toChoices}
      </Narrow>
    )
  return (
    <Narrow title={t('off.title')}>
      {error === null ? null : <Problem error={error} />}
      {data === undefined ? (
        error === null && <Skeleton height={80} />
      ) : (
        <>
          <Text>{t('off.about')}</Text>
          <ul className="steps">
            {data.kinds.map((kind) => (
              <li key={kind}>{t(`kinds.${kind}.label`)}</li>
            ))}
          </ul>
          {off.error === null ? null : <Problem error={off.error} />}
          <Button loading={off.isPending} onClick={() => off.mutate()}>
            {t('off.confirm')}
          </Button>
        </>
      )}
      {toChoices}
    </Narrow>
  )
}
