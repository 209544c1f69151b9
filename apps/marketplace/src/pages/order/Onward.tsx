import { Anchor, Button } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { useHref } from '../viewing.tsx'
import { type Chosen, nextOf } from './chosen.ts'

/** To the next of several names that are paid by card, if there is one. */
export function NextName({ chosen, variant = 'filled' }: { chosen: Chosen; variant?: 'filled' | 'default' }) {
  const t = useTranslations('order')
  const href = useHref()
  const next = nextOf(chosen)
  return next === undefined ? null : (
    <Button component={Link} href={href(next.path)} variant={variant}>
      {t('next', { name: next.name, step: next.step, count: chosen.names.length })}
    </Button>
  )
}

/** Back to the list of names. */
export function MoreNames() {
  const t = useTranslations('order')
  const href = useHref()
  return (
    <Anchor component={Link} href={href('/names')}>
      {t('moreNames')}
    </Anchor>
  )
}
