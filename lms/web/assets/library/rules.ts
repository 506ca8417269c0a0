/** Tables of Kazakh endings and letters. They are written once, in lms/library/language, and travel with the data. */
export type Table = Record<string, string>; // an ending → what it may follow

export interface Rules {
  after: Record<string, string>; // a letter → its kinds, as the tables of endings name them
  plainCases: Table;
  thirdCases: Table;
  firstCases: Table;
  plural: Table;
  third: Table;
  firstMany: Table;
  firstOne: Table;
  firstOwn: Table;
  neutral: string[]; // endings that do not follow the vowels
  finite: string[];
  nominal: string[];
  derived: string[];
  bare: Record<string, string>;
  latin: Record<string, string>;
  spellings: [string, string][];
  small: string[];
}
