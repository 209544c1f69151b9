import type { ReactNode } from 'react'
import './standing.css'

type StandingProps = {
  readonly title: string
  /** Money or a name is at stake, or nothing can be done before this is solved. */
  readonly isUrgent?: boolean
  /** What it means. */
  readonly text: ReactNode
  /** Where to see it. */
  readonly children?: ReactNode
  /** What can be done here. */
  readonly actions?: ReactNode
}

/** Something that stands on a page until it is over. */
export function Standing({ title, isUrgent = false, text, children, actions }: StandingProps) {
  return (
    <div className="standing" role="note" data-urgent={isUrgent || undefined}>
      <div>
        <p className="standing-title name">{title}</p>
        <p className="standing-text">{text}</p>
        {children}
      </div>
      {actions}
    </div>
  )
}
