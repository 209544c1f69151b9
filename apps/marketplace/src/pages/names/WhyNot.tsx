import { Badge } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { Listing } from '../api.ts'
import { useViewing } from '../viewing.tsx'

const present: ReadonlySet<string> = new Set(['upcoming', 'open', 'closed', 'dropping'])

/** Why a name cannot be ordered, in a word: how it ended, or else who has it. */
export function WhyNot({ listing }: { listing: Listing }) {
  const t = useTranslations('names')
  const states = useTranslations('states')
  const { currency } = useViewing()
  const { state, held, held_by_you, premium, reserved, price } = listing
  const text = !present.has(state)
    ? states(state)
    : held_by_you
      ? t('heldByYou')
      : held
        ? t('held')
        : premium
          ? t('premium')
          : reserved
            ? t('reserved')
            : state !== 'open'
              ? states(state)
              : price === undefined
                ? t('noPrice', { currency })
                : t('closed')
  return (
    <Badge variant="light" color={held_by_you ? 'lock' : 'gray'} tt="none">
      {text}
    </Badge>
  )
}
