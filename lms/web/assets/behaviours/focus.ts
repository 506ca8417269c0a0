/** The summary of a form's errors takes the focus, so that it is read out and its links are next. */
export class Focus {
  constructor(element: HTMLElement) {
    element.focus();
  }
}
