/** Why we ended a connection that was still good: it was old, or its client had reset too many calls. */
export type RetirementReason = 'age' | 'resets';
