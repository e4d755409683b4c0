'use client'

import Form from 'next/form'
import type { ReactNode } from 'react'

interface FilterFormProps {
  action: string
  label: string
  children: ReactNode
}

/** What is left empty does not go into the address. */
function dropEmpty(event: FormDataEvent) {
  for (const [name, value] of [...event.formData]) if (value === '') event.formData.delete(name)
}

/** Conditions of a list; a GET form, so that the answer has an address. */
export function FilterForm({ action, label, children }: FilterFormProps) {
  return (
    <Form
      ref={(form: HTMLFormElement | null) => {
        form?.addEventListener('formdata', dropEmpty)
      }}
      action={action}
      role="search"
      aria-label={label}
      className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap"
    >
      {children}
    </Form>
  )
}
