// Facts about what a customer has that several answers and files tell.

/** The one project that a customer of the sandbox has. */
export function projectOf(customerId: string): string {
  return [...customerId].reverse().join('')
}
