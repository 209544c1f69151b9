import type { Client, Schema } from '@droplock/sdk/client'
import { Anchor, NativeSelect, Stack, Text } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { useApi } from '../api.ts'
import { useHref } from '../viewing.tsx'

type Contact = Schema<'Contact'>

export function contactsQuery(api: Client) {
  return queryOptions({
    queryKey: ['contacts', 'all'],
    queryFn: () => api.get('/v1/contacts', { params: { query: { limit: 200 } } }),
  })
}

/** Whom a contact is, in a line of a list. */
export function nameOfContact({ int, loc, email }: Contact): string {
  const address = loc ?? int
  const name = address?.org ?? address?.name
  return name === undefined ? email : `${name} · ${email}`
}

type ContactChoiceProps = {
  /** The id of the chosen contact; undefined: the account's default, or else the operator. */
  readonly contactId: string | undefined
  readonly onChoose: (contactId: string | undefined) => void
}

/** To whom a name is registered. */
export function ContactChoice({ contactId, onChoose }: ContactChoiceProps) {
  const t = useTranslations('order')
  const href = useHref()
  const { data } = useQuery(contactsQuery(useApi()))
  const contacts = data?.items ?? []
  const usual = contacts.find(({ is_default }) => is_default)
  const options = contacts
    .filter((contact) => contact !== usual)
    .map((contact) => ({ value: contact.id, label: nameOfContact(contact) }))
  const first =
    usual === undefined ? t('contactOperator') : t('contactDefault', { name: nameOfContact(usual) })
  return (
    <Stack gap={6}>
      {contacts.length === 0 ? (
        <Text>{t('contactOperatorAbout')}</Text>
      ) : (
        <NativeSelect
          aria-label={t('contact')}
          description={t('contactAbout')}
          value={contactId ?? ''}
          onChange={({ currentTarget: { value } }) => onChoose(value === '' ? undefined : value)}
          data={[{ value: '', label: first }, ...options]}
        />
      )}
      <Text size="sm">
        <Anchor component={Link} href={href('/account/contacts')}>
          {t('addContact')}
        </Anchor>
      </Text>
    </Stack>
  )
}
