import type { ReactNode } from 'react'

interface FieldProps {
  label: string
  hint?: string
  /** The id the hint gets, for the control's aria-describedby. */
  hintId?: string
  children: ReactNode
}

/** A labelled control of a form, with a hint below. */
export function Field({ label, hint, hintId, children }: FieldProps) {
  return (
    <div className="space-y-1">
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children */}
      <label className="block space-y-1">
        <span className="font-medium">{label}</span>
        {children}
      </label>
      {hint ? (
        <p id={hintId} className="text-muted text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
