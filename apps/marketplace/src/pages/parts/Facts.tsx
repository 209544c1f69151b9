import { Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** A part of a page with a heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2} size="h4" mb={6}>
        {title}
      </Title>
      {children}
    </section>
  )
}

type FactsProps = {
  readonly facts: readonly (readonly [label: string, value: ReactNode])[]
  /** Labels beside their values, where there is room. */
  readonly isGrid?: boolean
}

/** What is known of one thing, each with its label. */
export function Facts({ facts, isGrid = false }: FactsProps) {
  return (
    <dl className={isGrid ? 'facts facts-grid' : 'facts'}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
