import type { MemberView } from '../protocol';
import { Figure, GradeMark } from './figures';

/** The runs that are shown as one. */
export const MembersPanel = ({ members }: { readonly members: readonly MemberView[] }) => (
  <section aria-labelledby="runs-title">
    <h2 id="runs-title">Runs</h2>
    <div class="wide" tabIndex={0} role="group" aria-label="Runs, table">
      <table>
        <thead>
          <tr>
            <th scope="col">part</th>
            <th scope="col">strategies</th>
            <th scope="col">state</th>
            <th scope="col">grade</th>
            <th scope="col">behind</th>
            <th scope="col">sustainable speed</th>
            <th scope="col">signals</th>
            <th scope="col">errors</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.task}>
              <th scope="row" title={member.task}>
                {member.part}
              </th>
              <td>{member.strategies.join(' ')}</td>
              <td>{member.status}</td>
              <td>
                <GradeMark grade={member.grade} />
              </td>
              <td>
                <Figure as="share" value={member.behindShare} />
              </td>
              <td>
                {member.sustainableSpeed === null ? (
                  'any'
                ) : (
                  <Figure as="count" value={Math.floor(member.sustainableSpeed)} />
                )}
              </td>
              <td>
                <Figure as="count" value={member.signals} />
              </td>
              <td>
                <Figure as="count" value={member.errors} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
