import type { Client, Schema } from '@droplock/sdk/client'
import { Button, NativeSelect, Stack, Text } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { Problem } from '../parts/Problem.tsx'

const ContactForm = lazy(async () => ({
  default: (await import('../account/ContactForm.tsx')).ContactForm,
}))

type Contact = Schema<'Contact'>

/** The API's longest page: nobody chooses from more. */
const CONTACTS_MAX = 200

function contactsQuery(api: Client) {
  return queryOptions({
    queryKey: ['contacts', 'to choose from'],
    queryFn: () => api.get('/v1/contacts', { params: { query: { limit: CONTACTS_MAX } } }),
  })
}

/** Whom a contact is, in a line of a list. */
function nameOfContact({ int, loc, email }: Contact): string {
  const address = loc ?? int
  const name = address?.org ?? address?.name
  return name === undefined ? email : `${name} · ${email}`
}

type ContactChoiceProps = {
  /** The id of the chosen contact; undefined: the account's default, or else the operator. */
  readonly contactId: string | undefined
  readonly onChoose: (contactId: string | undefined) => void
}

/** To whom a name is registered: one of the contacts, or one that is added here. */
export function ContactChoice({ contactId, onChoose }: ContactChoiceProps) {
  const t = useTranslations('order')
  const { data, error, refetch } = useQuery(contactsQuery(useApi()))
  const [isAdding, setIsAdding] = useState(false)
  if (error !== null) return <Problem error={error} onAgain={() => void refetch()} />
  const contacts = data?.items ?? []
  const add = (contact: Contact) => {
    onChoose(contact.id)
    setIsAdding(false)
    void refetch()
  }
  return (
    <Stack gap="sm" align="stretch">
      {contacts.length === 0 ? (
        <Text>{t('contactOperatorAbout')}</Text>
      ) : (
        <Choice contacts={contacts} contactId={contactId} onChoose={onChoose} />
      )}
      {isAdding ? (
        <Suspense fallback={null}>
          <ContactForm onDone={add} onCancel={() => setIsAdding(false)} isDefault={contacts.length === 0} />
        </Suspense>
      ) : (
        <Button variant="default" size="xs" style={{ alignSelf: 'start' }} onClick={() => setIsAdding(true)}>
          {t('addContact')}
        </Button>
      )}
    </Stack>
  )
}

function Choice({ contacts, contactId, onChoose }: ContactChoiceProps & { contacts: readonly Contact[] }) {
  const t = useTranslations('order')
  // An order that names no contact has the default one.
  const usual = contacts.find(({ is_default }) => is_default)
  const none =
    usual === undefined ? t('contactOperator') : t('contactDefault', { name: nameOfContact(usual) })
  const others = contacts.filter((contact) => contact !== usual)
  return (
    <NativeSelect
      aria-label={t('contact')}
      description={t('contactAbout')}
      value={contactId === undefined || contactId === usual?.id ? '' : contactId}
      onChange={({ currentTarget: { value } }) => onChoose(value === '' ? undefined : value)}
      data={[
        { value: '', label: none },
        ...others.map((contact) => ({ value: contact.id, label: nameOfContact(contact) })),
      ]}
    />
  )
}
