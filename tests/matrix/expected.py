"""What each route answers to each role, for a candidate of the own and of the other company, in each state of consent.

A cell is one word:

    name   200, and the candidate's name is on the page       404   the page that does not exist, byte for byte
    code   200, the introduction's code and no personal item  in    303 to /sign-in
    page   200, nothing about the candidate                   303   303 to another page
    file   200, not a page                                    422   the form again, nothing about the candidate
    named  422, the form again on the candidate's page        kept   403, the sign-in page, with the form to go on with
    own    303 to the page that asks for an own password      held   403, that page, with the form to go on with
    coded  422, the form again with the introduction's code
    over   303 to the page that says no link is open          enter  303 to the page that asks for a link's code

A pattern writes ten cells: the five states of the own company, then of the other. One word alone stands for all ten.
The company is the viewer's, for an account manager one that they look after; nobody and the operator's other
staff belong to none, so the two halves must say whether the company matters to them. "temporary" is a recruiter
like the first, whose password is a temporary one.
"""

# ruff: noqa: E501 - a table is read across

STATES = ("live", "withdrawn", "expired", "none", "closed")
SIDES = ("own", "other")
ROLES = (
    "recruiter",
    "employer_admin",
    "account_manager",
    "compliance",
    "administrator",
    "nobody",
    "temporary",
    "link",
    "awaits",
)

#             own:   live  withdr expired none  closed  other: the same five
PATTERNS = {
    "listed":  "     name  page   page    page  name           page  page  page  page  page",
    "opened":  "     name  404    404     404   name           404   404   404   404   404",
    "acted":  "     code  404    404     404   code           404   404   404   404   404",
    "read":   "     name  404    404     404   303            404   404   404   404   404",
    "printed": "    name  404    404     404   404            404   404   404   404   404",
    "filed":   "     file  404    404     404   404            404   404   404   404   404",
    "several": "     name  422    422     422   named          422   422   422   422   422",
    "zipped":  "     file  422    422     422   named          422   422   422   422   422",
    "told":    "     303   404    404     404   303            404   404   404   404   404",
    "decided": "     303   404    404     404   named          404   404   404   404   404",
    "at_home": "     code  page   page    page  code           page  page  page  page  page",
    "boarded": "     name  page   page    page  page           page  page  page  page  page",
    "noted":    "    303   404    404     404   named          404   404   404   404   404",
    "assigned": "    303   404    404     404   303            404   404   404   404   404",
    "assigned_some": " 303  422   422     422   303            422   422   422   422   422",
    "moved": "       303   422    422     422   named          422   422   422   422   422",
    "managed": "     code  code   code    code  code           422   422   422   422   422",
    "chosen":  "     303   303    303     303   303            404   404   404   404   404",
    "why":     "     code  code   code    code  code           404   404   404   404   404",
    "any_why": "     code  code   code    code  code           code  code  code  code  code",
    "any_code": "    code  code   code    code  code           code  code  code  code  code",
    "company": "     page  page   page    page  page           404   404   404   404   404",
    "looked":  "     name  name   name    name  name           404   404   404   404   404",
    "paper":   "     file  file   file    file  file           404   404   404   404   404",
    "found":   "     303   303    303     303   303            422   422   422   422   422",
    "unfilled": "    422   422    422     422   422            404   404   404   404   404",
    "papered": "     file  file   file    file  file           404   404   404   404   404",
    "previewed": "   name  404    404     404   name           404   404   404   404   404",
    "waits":   "     page  code   page    page  page           page  page  page  page  page",
    "asking":  "     code  404    404     404   code           404   404   404   404   404",
    "inbox":   "     code  code   code    code  code           page  page  page  page  page",
    "answers": "     named named  named   named named          404   404   404   404   404",
    "mine":    "     303   303    303     303   303            404   404   404   404   404",
}  # fmt: skip

TABLE = """
route                                                           recruiter employer_admin account_manager compliance administrator nobody temporary link   awaits

GET  /                                                          303       303            303             303        303           page   303 page   page
GET  /sign-in                                                   303       303            303             303        303           page   303 page   page
POST /sign-in                                                   422       422            422             422        422           422    422 422    422
GET  /sign-out                                                  303       303            303             303        303           in     303  in     in
POST /sign-out                                                  303       303            303             303        303           in     303 in     in
GET  /language                                                  303       303            303             303        303           303    303  303    303
POST /language                                                  303       303            303             303        303           303    303 303    303
GET  /static/{path:path}                                        file      file           file            file       file          file   file file   file
GET  /healthz                                                   file      file           file            file       file          file   file file   file
GET  /readyz                                                    file      file           file            file       file          file   file file   file

GET  /sign-in/lost-password                                     page       page           page            page       page          page   page      page   page
POST /sign-in/lost-password                                     page       page           page            page       page          page   page      page   page
GET  /link                                                      page       page           page            page       page          page   page      page   page
POST /link                                                      422        422            422             422        422           422    422       422    422
GET  /link/code                                                 over       over           over            over       over          over   over      303    page
POST /link/code                                                 over       over           over            over       over          over   over      303    422
GET  /link/code/again                                           over      over           over            over       over          over   over enter    enter
POST /link/code/again                                           over       over           over            over       over          over   over      303    page
GET  /link/password                                             over       over           over            over       over          over   over      page   enter
POST /link/password                                             over       over           over            over       over          over   over      422    enter
GET  /link/leave                                                over      over           over            over       over          over   over 303    303
POST /link/leave                                                over       over           over            over       over          over   over      303    303

GET  /account                                                   page      page           page            page       page          in     own in     in
GET  /account/sessions/{session:uuid}/end                       303       303            303             303        303           in     own  in     in
POST /account/sessions/{session:uuid}/end                       mine      mine           mine            mine       mine          in     own in     in
GET  /account/sign-out-everywhere                               303       303            303             303        303           in     own  in     in
POST /account/sign-out-everywhere                               303       303            303             303        303           in     own in     in
GET  /account/keys                                              303       303            404             404        404           in     own in     in
POST /account/keys                                              303       303            404             404        404           in     own in     in
GET  /account/notices                                           303       303            404             404        404           in     own in     in
POST /account/notices                                           303       303            404             404        404           in     own in     in
GET  /account/password                                          page       page            page             page        page           in     page in     in
POST /account/password                                          422       422            422             422        422           in     422 in     in

GET  /home                                                      at_home   at_home        waits           page       404           in     own in     in
GET  /board                                                     boarded   boarded        404             404        404           in     own in     in
GET  /candidates                                                listed    listed         404             404        404           in     own in     in
POST /candidates                                                listed    listed         404             404        404           kept   held kept   kept
GET  /candidates/{introduction:uuid}                            opened    opened         404             404        404           in     own in     in
GET  /candidates/{introduction:uuid}/resume                     read      read           404             404        404           in     own in     in
GET  /candidates/{introduction:uuid}/resume.pdf                 filed     filed          404             404        404           in     own in     in
GET  /candidates/{introduction:uuid}/documents/{document:uuid}  filed     filed          404             404        404           in     own in     in
GET  /receipts/{number:uuid}                                    company   company        404             page       404           in     own in     in
GET  /receipts/{number:uuid}/bundle                             papered   papered        404             file       404           in     own in     in
GET  /candidates/{introduction:uuid}/contact                    303       303            404             404        404           in     own in     in
POST /candidates/{introduction:uuid}/contact                    opened    opened         404             404        404           in     own in     in
GET  /candidates/{introduction:uuid}/outcome                    303       303            404             404        404           in     own in     in
POST /candidates/{introduction:uuid}/outcome                    decided   decided        404             404        404           kept   held kept   kept

GET  /candidates/zip                                            303       303            404             404        404           in     own in     in
POST /candidates/zip                                            zipped    zipped         404             404        404           in     own  in     in
GET  /candidates/decide                                         303       303            404             404        404           in     own in     in
POST /candidates/decide                                         several   several        404             404        404           in     own  in     in
GET  /candidates/decisions                                      303       303            404             404        404           in     own in     in
POST /candidates/decisions                                      303       303            404             404        404           in     own  in     in
GET  /candidates/decided                                        404       404            404             404        404           in     own in     in
GET  /candidates/{introduction:uuid}/decided                    told      told           404             404        404           in     own in     in
GET  /candidates/{introduction:uuid}/take-back                  303       303            404             404        404           in     own in     in
POST /candidates/{introduction:uuid}/take-back                  decided   decided        404             404        404           in     own in     in
GET  /candidates/{introduction:uuid}/stage                      303       303            404             404        404           in     own in     in
POST /candidates/{introduction:uuid}/stage                      decided   decided        404             404        404           in     own  in     in
GET  /candidates/compare                                        listed    listed         404             404        404           in     own in     in
GET  /candidates/print                                          printed  printed        404             404        404           in     own in     in
POST /candidates/print                                          303       303            404             404        404           in     own  in     in
POST /candidates/compare                                        303       303            404             404        404           in     own  in     in
GET  /candidates/{introduction:uuid}/assignee                   303       303            404             404        404           in     own in     in
POST /candidates/{introduction:uuid}/assignee                   assigned  assigned       404             404        404           in     own  in     in
GET  /candidates/{introduction:uuid}/notes                      303       303            404             404        404           in     own in     in
POST /candidates/{introduction:uuid}/notes                      noted     noted          404             404        404           kept   held kept   kept
GET  /candidates/{introduction:uuid}/history                    acted     acted          404             404        404           in     own in     in
GET  /candidates/{introduction:uuid}/scorecards                 read      read           404             404        404           in     own in     in
POST /candidates/{introduction:uuid}/scorecards                 noted     noted          404             404        404           kept   held kept   kept
GET  /team/limits                                               404       page           404             404        404           in     own  in     in
POST /team/limits                                               404       303            404             404        404           kept   held kept   kept
GET  /team/criteria                                             404       page           404             404        404           in     own in     in
GET  /team/criteria/{opening:uuid}                              404       company        404             404        404           in     own in     in
POST /team/criteria/{opening:uuid}                              404       chosen         404             404        404           kept   held kept   kept
GET  /candidates/assign                                         303       303            404             404        404           in     own in     in
POST /candidates/assign                                         assigned_some assigned_some 404          404        404           in     own  in     in
GET  /candidates/next                                           303       303            404             404        404           in     own in     in
GET  /candidates/stage                                          303       303            404             404        404           in     own in     in
POST /candidates/stage                                          moved     moved          404             404        404           in     own  in     in

GET  /candidates/views                                          page      page           404             404        404           in     own in     in
GET  /candidates/views/new                                      page      page           404             404        404           in     own in     in
POST /candidates/views/new                                      422       422            404             404        404           kept   held kept   kept
GET  /candidates/views/{view:uuid}/name                         303       303            404             404        404           in     own in     in
POST /candidates/views/{view:uuid}/name                         422       422            404             404        404           kept   held kept   kept
GET  /candidates/views/{view:uuid}/delete                       303       303            404             404        404           in     own in     in
POST /candidates/views/{view:uuid}/delete                       404       404            404             404        404           in     own  in     in

GET  /agreement                                                 page      page           404             404        404           in     own in     in
GET  /agreement/undertaking                                     303       303            404             404        404           in     own in     in
POST /agreement/undertaking                                     mine      mine           404             404        404           kept   held kept   kept

GET  /agreements/{agreement:uuid}/paper.pdf                      404       papered        papered         file        404           in     own in     in
GET  /agreement-templates                                       404       404            404             page       404           in     own in     in
GET  /agreement-templates/new                                   404       404            404             page       404           in     own  in     in
POST /agreement-templates/new                                   404       404            404             422        404           kept   held kept   kept
GET  /agreement-templates/{template:uuid}                       404       404            404             page       404           in     own in     in
GET  /agreement-templates/{template:uuid}/approve               404       404            404             303        404           in     own in     in
POST /agreement-templates/{template:uuid}/approve               404       404            404             303        404           in     own  in     in
GET  /agreement-templates/{template:uuid}/campaign              404       404            404             page       404           in     own in     in
POST /agreement-templates/{template:uuid}/campaign              404       404            404             422        404           kept   held kept   kept
GET  /groups                                                    404       404            page            page       404           in     own in     in
GET  /groups/{group:uuid}                                       404       404            company         page       404           in     own in     in
GET  /groups/{group:uuid}/list                                  404       404            company         404        404           in     own in     in
POST /groups/{group:uuid}/list                                  404       404            unfilled        404        404           kept   held kept   kept
GET  /groups/{group:uuid}/join/{asked:uuid}                     404       404            404             303        404           in     own in     in
POST /groups/{group:uuid}/join/{asked:uuid}                     404       404            404             303        404           kept   held kept   kept
GET  /companies/{asked:uuid}/group/called                       404       404            303             404        404           in     own  in     in
POST /companies/{asked:uuid}/group/called                       404       404            company         404        404           in     own  in     in
GET  /companies/{asked:uuid}/group                              404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/group                              404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/group/new                          404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/group/new                          404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/group/leave                        404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/group/leave                        404       404            unfilled        404        404           kept   held kept   kept
GET  /campaigns                                                 404       404            page            page       404           in     own in     in
GET  /campaigns/{campaign:uuid}                                 404       404            page            page       404           in     own in     in
GET  /campaigns/{campaign:uuid}/call-off                        404       404            404             303        404           in     own in     in
POST /campaigns/{campaign:uuid}/call-off                        404       404            404             303        404           in     own in     in
GET  /companies/{asked:uuid}/agreements/new                     404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/agreements/new                     404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/agreements/{agreement:uuid}        404       404            company         page       404           in     own in     in
GET  /companies/{asked:uuid}/agreements/{agreement:uuid}/change 404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/agreements/{agreement:uuid}/change 404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/agreements/{agreement:uuid}/approve 404      404            404             303        404           in     own in     in
POST /companies/{asked:uuid}/agreements/{agreement:uuid}/approve 404      404            404             303        404           in     own  in     in
GET  /companies/{asked:uuid}/agreements/{agreement:uuid}/send     404     404            303             404        404           in     own in     in
POST /companies/{asked:uuid}/agreements/{agreement:uuid}/send     404     404            mine            404        404           in     own  in     in
GET  /companies/{asked:uuid}/agreements/{agreement:uuid}/withdraw 404     404            303             404        404           in     own in     in
POST /companies/{asked:uuid}/agreements/{agreement:uuid}/withdraw 404     404            mine            404        404           in     own  in     in
GET  /countersign                                               404       404            404             page       404           in     own in     in
GET  /countersign/{agreement:uuid}                              404       404            404             page       404           in     own in     in
POST /countersign/{agreement:uuid}                              404       404            404             303        404           in     own  in     in
GET  /sign                                                      over      over           over            over       over          over   over 404    enter
POST /sign                                                      over      over           over            over       over          over   over 404    enter
GET  /sign/decline                                              over      over           over            over       over          over   over 404    enter
POST /sign/decline                                              over      over           over            over       over          over   over 404    enter
GET  /sign/done                                                 page      page           page            page       page          page   page page   page
GET  /sign/copy                                                 over      over           over            over       over          over   over 404    enter
GET  /sign/copy/paper.pdf                                       over      over           over            over       over          over   over 404    enter

GET  /companies                                                 404       404            page            404        404           in     own in     in
POST /companies                                                 404       404            page            404        404           kept   held kept   kept
GET  /companies/called                                          404       404            303             303        303           in     own  in     in
POST /companies/called                                          404       404            page            page       page          in     own  in     in
GET  /companies/new                                             404       404            page            404        404           in     own  in     in
POST /companies/new                                             404       404            422             404        404           kept   held kept   kept
GET  /companies/{asked:uuid}                                    404       404            company         404        404           in     own in     in
GET  /companies/{asked:uuid}/record                              404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/record                              404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/networks                            404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/networks                            404       404            company         404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/contacts/new                        404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/contacts/new                        404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/contacts/{contact:uuid}             404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/contacts/{contact:uuid}             404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/contacts/{contact:uuid}/remove      404       404            303             404        404           in     own in     in
POST /companies/{asked:uuid}/contacts/{contact:uuid}/remove      404       404            mine            404        404           in     own  in     in
GET  /companies/{asked:uuid}/stand-ins                           404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/stand-ins                           404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/stand-ins/{account:uuid}/end        404       404            303             404        404           in     own in     in
POST /companies/{asked:uuid}/stand-ins/{account:uuid}/end        404       404            mine            404        404           in     own  in     in
GET  /companies/{asked:uuid}/send-to-screening                   404       404            mine            404        404           in     own in     in
POST /companies/{asked:uuid}/send-to-screening                   404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/suspend                             404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/suspend                             404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/terminate                           404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/terminate                           404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/openings/new                        404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/openings/new                        404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/openings/{opening:uuid}             404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/openings/{opening:uuid}             404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/activate                            404       404            mine            404        404           in     own in     in
POST /companies/{asked:uuid}/activate                            404       404            mine            404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/openings/{opening:uuid}/candidates 404      404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/openings/{opening:uuid}/candidates 404      404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/openings/{opening:uuid}/candidates/{person:uuid}/preview 404 404 company    404        404           in     own in     in
POST /companies/{asked:uuid}/openings/{opening:uuid}/candidates/{person:uuid}/preview 404 404 previewed  404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/openings/{opening:uuid}/close       404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/openings/{opening:uuid}/close       404       404            mine            404        404           in     own  in     in
GET  /companies/{asked:uuid}/openings/{opening:uuid}/reopen      404       404            303             404        404           in     own in     in
POST /companies/{asked:uuid}/openings/{opening:uuid}/reopen      404       404            mine            404        404           in     own  in     in
GET  /screenings                                                404       404            404             page       404           in     own in     in
GET  /screenings/{asked:uuid}                                   404       404            404             404        404           in     own in     in
POST /screenings/{asked:uuid}                                   404       404            404             404        404           kept   held kept   kept
GET  /successions/{asked:uuid}                                  404       404            404             404        404           in     own in     in
POST /successions/{asked:uuid}                                  404       404            404             404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/people/new                          404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/people/new                          404       404            unfilled        404        404           kept   held kept   kept
GET  /companies/{asked:uuid}/people/{account:uuid}/link         404       404            303             404        404           in     own in     in
POST /companies/{asked:uuid}/people/{account:uuid}/link         404       404            mine            404        404           in     own  in     in
GET  /companies/{asked:uuid}/hand-over                           404       404            company         404        404           in     own in     in
POST /companies/{asked:uuid}/hand-over                           404       404            unfilled        404        404           kept   held kept   kept
GET  /deletions                                                  404       page           page            page       404           in     own in     in
POST /deletions                                                  404       422            404             404        404           kept   held kept   kept
GET  /downloads                                                 page      page           404             404        404           in     own  in     in
POST /downloads                                                 422       422            404             404        404           kept   held kept   kept
GET  /downloads/more                                            303       303            404             404        404           in     own  in     in
POST /downloads/more                                            422       422            404             404        404           kept   held kept   kept
GET  /downloads/answer                                          404       303            404             404        404           in     own  in     in
POST /downloads/answer                                          404       page           404             404        404           in     own  in     in
GET  /team                                                       404       page           404             404        404           in     own in     in
GET  /team/progress                                              404       page           404             404        404           in     own in     in
GET  /team/log                                                   404       at_home        404             404        404           in     own in     in
POST /team/log                                                   404       303            404             404        404           kept   held kept   kept
GET  /team/new                                                   404       page           404             404        404           in     own in     in
POST /team/new                                                   404       422            404             404        404           kept   held kept   kept
GET  /team/{account:uuid}/suspend                                404       company        404             404        404           in     own in     in
POST /team/{account:uuid}/suspend                                404       unfilled       404             404        404           kept   held kept   kept
GET  /team/{account:uuid}/reactivate                             404       303            404             404        404           in     own in     in
POST /team/{account:uuid}/reactivate                             404       mine           404             404        404           in     own  in     in
GET  /team/{account:uuid}/link                                   404       303            404             404        404           in     own in     in
POST /team/{account:uuid}/link                                   404       mine           404             404        404           in     own  in     in
GET  /team/{account:uuid}/sign-out                               404       303            404             404        404           in     own in     in
POST /team/{account:uuid}/sign-out                               404       mine           404             404        404           in     own  in     in
GET  /introductions                                             404       404            managed         404        404           in     own in     in
POST /introductions                                             404       404            managed         404        404           kept   held kept   kept
GET  /introductions/{introduction:uuid}                         404       404            why             any_why    404           in     own in     in
GET  /candidates/{introduction:uuid}/reopening                  303       303            404             404        404           in     own  in     in
POST /candidates/{introduction:uuid}/reopening                  told      told           404             404        404           in     own  in     in
GET  /reopenings                                                404       404            page            404        404           in     own  in     in
POST /reopenings                                                404       404            404             404        404           in     own  in     in
GET  /ask                                                       at_home   at_home        404             404        404           in     own  in     in
POST /ask                                                       303       303            404             404        404           kept   held kept   kept
GET  /candidates/{introduction:uuid}/ask                        asking    asking         404             404        404           in     own  in     in
POST /candidates/{introduction:uuid}/ask                        told      told           404             404        404           kept   held kept   kept
GET  /questions                                                 404       404            inbox           404        404           in     own  in     in
GET  /questions/{question:uuid}                                 opened    opened         looked          404        404           in     own  in     in
POST /questions/{question:uuid}                                 404       404            answers         404        404           kept   held kept   kept
GET  /introductions/{introduction:uuid}/withdraw                404       404            why             404        404           in     own in     in
POST /introductions/{introduction:uuid}/withdraw                404       404            mine            404        404           kept   held kept   kept

GET  /people                                                    404       404            page            page       404           in     own in     in
POST /people                                                    404       404            found           303        404           kept   held kept   kept
GET  /people/{person:uuid}                                      404       404            why             any_why    404           in     own in     in
GET  /people/{person:uuid}/consents/{asked:uuid}/withdraw       404       404            company         page       404           in     own in     in
POST /people/{person:uuid}/consents/{asked:uuid}/withdraw       404       404            unfilled        422        404           kept   held kept   kept
GET  /people/{person:uuid}/consents/called                      404       404            303             303        404           in     own  in     in
POST /people/{person:uuid}/consents/called                      404       404            company         page       404           in     own  in     in
GET  /people/{person:uuid}/consents/new                         404       404            company         page       404           in     own in     in
POST /people/{person:uuid}/consents/new                         404       404            unfilled        422        404           kept   held kept   kept
GET  /people/{person:uuid}/items                                404       404            company         page       404           in     own in     in
POST /people/{person:uuid}/items                                404       404            looked          name       404           kept   held kept   kept
GET  /people/{person:uuid}/statements/{statement:uuid}          404       404            company         page       404           in     own in     in
POST /people/{person:uuid}/statements/{statement:uuid}          404       404            paper           file       404           kept   held kept   kept
GET  /people/{person:uuid}/correction                           404       404            company         page       404           in     own in     in
POST /people/{person:uuid}/correction                           404       404            unfilled        422        404           kept   held kept   kept
GET  /people/{person:uuid}/correction/item                      404       404            303             303        404           in     own in     in
POST /people/{person:uuid}/correction/item                      404       404            unfilled        422        404           kept   held kept   kept
GET  /people/{person:uuid}/restriction                          404       404            company         page       404           in     own in     in
POST /people/{person:uuid}/restriction                          404       404            unfilled        422        404           kept   held kept   kept
GET  /people/{person:uuid}/objection                            404       404            company         page       404           in     own in     in
POST /people/{person:uuid}/objection                            404       404            unfilled        422        404           kept   held kept   kept
GET  /people/{person:uuid}/law                                  404       404            404             page       404           in     own in     in
POST /people/{person:uuid}/law                                  404       404            404             422        404           kept   held kept   kept
GET  /people/{person:uuid}/erasure                              404       404            404             any_code   404           in     own in     in
POST /people/{person:uuid}/erasure                              404       404            404             coded      404           kept   held kept   kept
GET  /erasures                                                  404       404            404             page       404           in     own in     in
GET  /erasures/{asked:uuid}                                     404       404            404             404        404           in     own in     in
GET  /people/{person:uuid}/restriction/lift                     404       404            404             page       404           in     own in     in
POST /people/{person:uuid}/restriction/lift                     404       404            404             422        404           kept   held kept   kept
GET  /people/{person:uuid}/objection/lift                       404       404            404             page       404           in     own in     in
POST /people/{person:uuid}/objection/lift                       404       404            404             422        404           kept   held kept   kept

GET  /log                                                       404       404            404             any_why    404           in     own in     in
POST /log                                                       404       404            404             any_why    404           kept   held kept   kept
GET  /log/export                                                404       404            404             303       404           in     own in     in
GET  /log/summary                                               404       404            404             page       404           in     own in     in
GET  /log/report.pdf                                            404       404            404             file       404           in     own in     in
GET  /log/saved                                                 404       404            404             303       404           in     own in     in
POST /log/saved                                                 404       404            404             303       404           in     own in     in
GET  /log/saved/forget                                          404       404            404             303       404           in     own in     in
POST /log/saved/forget                                          404       404            404             303       404           in     own in     in
GET  /provision-records                                         404       404            404             page       404           in     own in     in
POST /provision-records                                         404       404            404             303        404           kept   held kept   kept
GET  /provision-records/file                                    404       404            404             file       404           in     own in     in
GET  /provision-records/register                                404       404            404             file       404           in     own in     in
GET  /provision-records/{record:uuid}/contract                  404       404            404             303        404           in     own in     in
POST /provision-records/{record:uuid}/contract                  404       404            404             404        404           in     own in     in
GET  /received-records                                          404       page           404             404        404           in     own in     in
GET  /received-records/file                                     404       file           404             404        404           in     own in     in
GET  /breaches                                                  404       404            404             page       404           in     own in     in
POST /breaches                                                  404       404            404             303        404           kept   held kept   kept
GET  /breaches/file                                             404       404            404             file       404           in     own in     in
GET  /reviews                                                   404       404            404             page       404           in     own in     in
GET  /reviews/new                                               404       404            404             page       404           in     own in     in
POST /reviews/new                                               404       404            404             422        404           kept   held kept   kept
GET  /reviews/{review:uuid}                                     404       404            404             404        404           in     own in     in
GET  /reviews/{review:uuid}/verdict                             404       404            404             303        404           in     own in     in
POST /reviews/{review:uuid}/verdict                             404       404            404             303        404           in     own in     in
GET  /reviews/{review:uuid}/reviewer                            404       404            404             303        404           in     own in     in
POST /reviews/{review:uuid}/reviewer                            404       404            404             303        404           in     own in     in
GET  /reviews/{review:uuid}/conclusion                          404       404            404             303        404           in     own in     in
POST /reviews/{review:uuid}/conclusion                          404       404            404             404        404           in     own in     in
GET  /reviews/{review:uuid}/report.pdf                          404       404            404             404        404           in     own in     in
GET  /team/certification                                        404       page           404             404        404           in     own in     in
POST /team/certification                                        404       303            404             404        404           in     own in     in
GET  /log/{entry:uuid}/check                                    404       404            404             303        404           in     own in     in
POST /log/{entry:uuid}/check                                    404       404            404             303        404           in     own in     in
GET  /log/seal                                                  404       404            404             page       404           in     own in     in
GET  /log/seal/verify                                           404       404            404             303       404           in     own in     in
POST /log/seal/verify                                           404       404            404             303       404           in     own in     in
GET  /alerts                                                    404       404            404             page       404           in     own in     in
GET  /alerts/rules                                              404       404            404             page       404           in     own in     in
GET  /alerts/rules/{rule:uuid}                                  404       404            404             page       404           in     own in     in
POST /alerts/rules/{rule:uuid}                                  404       404            404             422        404           kept   held kept   kept
GET  /alerts/{alert:uuid}                                       404       404            404             page       404           in     own in     in
POST /alerts/{alert:uuid}                                       404       404            404             422        404           kept   held kept   kept
GET  /alerts/{alert:uuid}/take                                  404       404            404             303        404           in     own in     in
POST /alerts/{alert:uuid}/take                                  404       404            404             303        404           in     own in     in
GET  /alerts/{alert:uuid}/end-sign-ins                          404       404            404             303        404           in     own in     in
POST /alerts/{alert:uuid}/end-sign-ins                          404       404            404             303        404           in     own in     in
GET  /log/{entry:uuid}                                          404       404            404             any_why    404           in     own in     in

GET  /accounts                                                  404       404            404             404        page          in     own in     in
POST /accounts                                                  404       404            404             404        page          kept   held kept   kept
GET  /accounts/called                                           404       404            404             303        404           in     own  in     in
POST /accounts/called                                           404       404            404             page       404           in     own  in     in
GET  /accounts/new                                              404       404            404             404        page          in     own in     in
POST /accounts/new                                              404       404            404             404        303           kept   held kept   kept
GET  /accounts/{account:uuid}                                   404       404            404             404        page          in     own in     in
POST /accounts/{account:uuid}                                   404       404            404             404        303           kept   held kept   kept
GET  /accounts/{account:uuid}/link                              404       404            404             404        303           in     own in     in
POST /accounts/{account:uuid}/link                              404       404            404             404        303           in     own  in     in
GET  /accounts/{account:uuid}/companies                          404       404            404             404        page          in     own in     in
POST /accounts/{account:uuid}/companies                          404       404            404             404        422           kept   held kept   kept
GET  /accounts/{account:uuid}/suspend                           404       404            404             404        page          in     own in     in
POST /accounts/{account:uuid}/suspend                           404       404            404             404        303           kept   held kept   kept
GET  /accounts/{account:uuid}/reactivate                        404       404            404             404        303           in     own in     in
POST /accounts/{account:uuid}/reactivate                        404       404            404             404        303           in     own  in     in
"""


def expected() -> dict[str, dict[tuple[str, str, str], str]]:
    """Per route ("GET /candidates") each cell's word, by (role, side, state)."""
    lines = [line.split() for line in TABLE.strip().splitlines() if line.strip()]
    assert lines[0][1:] == list(ROLES)
    return {
        f"{method} {path}": {
            (role, side, state): word
            for role, pattern in zip(ROLES, patterns, strict=True)
            for (side, state), word in zip(_halves(), _ten(pattern), strict=True)
        }
        for method, path, *patterns in lines[1:]
    }


def _halves() -> list[tuple[str, str]]:
    return [(side, state) for side in SIDES for state in STATES]


def _ten(pattern: str) -> list[str]:
    return PATTERNS[pattern].split() if pattern in PATTERNS else [pattern] * 10
